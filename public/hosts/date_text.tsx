import { type FC } from 'react';
import { EuiToolTip } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { useServices } from '../services';
import { formatDate } from './format_date';

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
      {/* Focusable, so that the exact time is not for mice only. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <time dateTime={iso ?? undefined} tabIndex={0}>
        {absolute ? date.absolute : date.relative}
      </time>
    </EuiToolTip>
  );
};
