import { type FC } from 'react';
import { i18n } from '@kbn/i18n';
import type { Agent } from '../../common/hosts/agent';
import { agentStateText } from './agent_state';
import { DateText } from '../components/date_text';

/** What tells an agent apart in a row of a table: id, online or last seen, what became of it, site. */
export const AgentSummary: FC<{ readonly agent: Agent }> = ({ agent }) => (
  <>
    <div>
      {i18n.translate('sentineloneResponse.agentSummary.id', {
        defaultMessage: 'Agent id {id}',
        values: { id: agent.id },
      })}
    </div>
    <div>
      {agentStateText(agent)}
      {agent.isActive === true ? null : (
        <>
          {' · '}
          {i18n.translate('sentineloneResponse.agentSummary.lastSeen', {
            defaultMessage: 'last seen',
          })}{' '}
          <DateText iso={agent.lastActiveDate} />
        </>
      )}
      {agent.siteName === null ? null : (
        <>
          {' · '}
          {agent.siteName}
        </>
      )}
    </div>
  </>
);
