import { i18n } from '@kbn/i18n';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import type { ActionRecord } from '../../common/actions/record';
import { summaryIn, type ListedRecord } from '../../common/actions/record_summary';
import { hostName } from '../action_history/history_texts';
import { nameInText } from '../components/shown_name';

/** Texts about requests for approval. */

type Request = Pick<ListedRecord, 'hosts' | 'summary'> & ActionRecord;

/** The hosts that need approval: "dc-1", "dc-1 and 2 other hosts". */
export function requestedHostsText(request: Request): string {
  const ids = new Set(request.approval?.hosts.map(({ agentId }) => agentId));
  const [first] = request.hosts.filter(({ agentId }) => agentId !== null && ids.has(agentId));
  const name = nameInText(hostName(first ?? request.hosts[0]!));
  const waiting = summaryIn(request).outcomes.awaiting_approval;
  const count = Math.max(waiting, ids.size, 1);
  return i18n.translate('sentineloneResponse.approval.hosts', {
    defaultMessage:
      '{others, plural, =0 {{name}} one {{name} and # other host} other {{name} and # other hosts}}',
    values: { name, others: count - 1 },
  });
}

/** Who requested what, as a sentence that the comment follows. */
export const requestText = (request: Request): string =>
  i18n.translate('sentineloneResponse.approval.requestText', {
    defaultMessage: '{user} requests to {tried}, with the comment:',
    values: {
      user: nameInText(request.actor.username),
      tried: ACTION_DEFINITIONS[request.action].texts.tried(),
    },
  });
