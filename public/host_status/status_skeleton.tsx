import { type FC } from 'react';
import { EuiSkeletonText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';

/** Stands for a network status until SentinelOne has answered; a screen reader is told whose it is. */
export const StatusSkeleton: FC<{
  /** The host as the table names it. */
  readonly name: string;
}> = ({ name }) => (
  <div
    role="progressbar"
    aria-label={i18n.translate('sentineloneResponse.status.reading', {
      defaultMessage: 'Reading the network status of {name}',
      values: { name },
    })}
    css={{ width: 80 }}
  >
    <div aria-hidden>
      <EuiSkeletonText lines={1} size="s" />
    </div>
  </div>
);
