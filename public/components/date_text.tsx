import { useEffect, useReducer, type FC } from 'react';
import { EuiToolTip } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { DAY, MINUTE } from '../../common/lib/constants';
import { useServices } from '../lib/services';
import { formatDate } from '../lib/format_date';

/** Renders again every minute while `isEnabled`, so that a relative time stays correct while the page is open. */
export function useMinuteTick(isEnabled: boolean): void {
  const [, tick] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    if (!isEnabled) return undefined;
    const timer = setInterval(tick, MINUTE);
    return () => clearInterval(timer);
  }, [isEnabled]);
}

/** Whether the time is shown in relative form: it is less than a day from now. */
export const isRecent = (iso: string | null): boolean =>
  iso !== null && Math.abs(Date.now() - Date.parse(iso)) < DAY;

/**
 * A time (ISO 8601) on one line: relative when younger than a day, else in Kibana's format. The tooltip has the other
 * form.
 */
export const DateText: FC<{ readonly iso: string | null }> = ({ iso }) => {
  const { core } = useServices();
  const date = formatDate(core.uiSettings, iso);
  const isRelative = date !== undefined && isRecent(iso);
  useMinuteTick(isRelative);
  if (date === undefined) {
    return (
      <>{i18n.translate('sentineloneResponse.date.unknown', { defaultMessage: 'Not reported' })}</>
    );
  }
  return (
    <EuiToolTip content={isRelative ? date.absolute : date.relative}>
      <time
        dateTime={iso ?? undefined}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the keyboard opens the tooltip with the full time
        tabIndex={isRelative ? 0 : undefined}
        css={{ whiteSpace: 'nowrap' }}
      >
        {isRelative ? date.relative : date.absolute}
      </time>
    </EuiToolTip>
  );
};
