import { type FC } from 'react';
import { EuiBadge } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { protectionText } from '../../common/actions/override';
import type { ActionRecord } from '../../common/actions/record';
import { listText } from '../../common/lib/list_text';
import { ExpandableText } from '../components/expandable_text';
import { hostName } from './history_texts';

/** The protected hosts that were isolated by an override, and the reason. */
export const OverrideText: FC<{ readonly record: Pick<ActionRecord, 'override' | 'hosts'> }> = ({
  record: { override, hosts },
}) => {
  if (override === undefined) return null;
  const named = override.hosts.map((one) => {
    const host = hosts.find(({ agentId }) => agentId === one.agentId);
    return `${host === undefined ? one.agentId : hostName(host)} (${protectionText(one)})`;
  });
  return (
    <>
      <ExpandableText text={override.comment} />
      <div>{listText(named)}</div>
    </>
  );
};

/** Marks an action, or a host of it, with an override of the protection. */
export const OverrideBadge: FC = () => (
  <EuiBadge color="warning" iconType="lockOpen">
    {i18n.translate('sentineloneResponse.history.overrideBadge', {
      defaultMessage: 'Was protected',
    })}
  </EuiBadge>
);
