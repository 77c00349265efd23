import { type FC } from 'react';
import { EuiToolTip } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { useServices } from '../lib/services';
import { formatDate } from '../lib/format_date';

/** A date: how long ago, with the exact time as its tooltip; or the other way round. */
export const DateText: FC<{ readonly iso: string | null; readonly absolute?: boolean }> = ({
  iso,
  absolute = false,
}) => {
  const { core } = useServices();
  const date = formatDate(core.uiSettings, iso);
  if (date === undefined) {
    return (
      <>{i18n.translate('sentineloneResponse.date.unknown', { defaultMessage: 'Not reported' })}</>
    );
  }
  return (
    <EuiToolTip content={absolute ? date.relative : date.absolute}>
      {/* Focusable where the exact time is in the tooltip, so that it is not for mice only. */}
      <time dateTime={iso ?? undefined} tabIndex={absolute ? undefined : 0}>
        {absolute ? date.absolute : date.relative}
      </time>
    </EuiToolTip>
  );
};
