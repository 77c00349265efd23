import { type FC } from 'react';
import { EuiBadge } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { protectionText } from '../../common/override';
import type { ActionRecord } from '../../common/record';
import { hostName } from './history_texts';

/** Hosts that are named before the rest is counted; each has its pattern beside it in the table. */
const NAMED = 5;

/** Which hosts were isolated although they are protected, and why. */
export const OverrideText: FC<{ readonly record: Pick<ActionRecord, 'override' | 'hosts'> }> = ({
  record: { override, hosts },
}) => {
  if (override === undefined) return null;
  const named = override.hosts.slice(0, NAMED).map((one) => {
    const host = hosts.find(({ agentId }) => agentId === one.agentId);
    return `${host === undefined ? one.agentId : hostName(host)} (${protectionText(one)})`;
  });
  return (
    <>
      <div css={{ whiteSpace: 'pre-wrap' }}>{override.comment}</div>
      <div>
        {i18n.translate('sentineloneResponse.history.overriddenHosts', {
          defaultMessage: '{hosts}{more, plural, =0 {} other { and # more}}',
          values: { hosts: named.join(', '), more: override.hosts.length - named.length },
        })}
      </div>
    </>
  );
};

/** Marks an action, or a host of it, that went past a protection. */
export const OverrideBadge: FC = () => (
  <EuiBadge color="warning" iconType="lockOpen">
    {i18n.translate('sentineloneResponse.history.overrideBadge', {
      defaultMessage: 'Was protected',
    })}
  </EuiBadge>
);
