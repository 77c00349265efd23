import { type FC } from 'react';
import type { ExternalReferenceAttachmentViewProps } from '@kbn/cases-plugin/public';
import { i18n } from '@kbn/i18n';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import type { RecordedAction } from '../../common/actions/record';
import { nameInText } from '../components/shown_name';
import { hostName } from '../action_history/history_texts';
import { useAction } from '../action_history/use_action';

/** "host web-7", "web-7 and 2 other hosts". */
function hostsText({ hosts }: RecordedAction): string {
  const [first] = hosts;
  const name = first === undefined ? '' : nameInText(hostName(first));
  return hosts.length <= 1
    ? i18n.translate('sentineloneResponse.caseAttachment.oneHost', {
        defaultMessage: 'host {name}',
        values: { name },
      })
    : i18n.translate('sentineloneResponse.caseAttachment.hosts', {
        defaultMessage: '{name} and {others, plural, one {# other host} other {# other hosts}}',
        values: { name, others: hosts.length - 1 },
      });
}

/** What is said of an attachment whose record is not known: everybody who may add to cases can make one. */
const unknownEvent = (isMissing: boolean): string =>
  isMissing
    ? i18n.translate('sentineloneResponse.caseAttachment.missingEvent', {
        defaultMessage: 'added a SentinelOne action that has no record in this space',
      })
    : i18n.translate('sentineloneResponse.caseAttachment.event', {
        defaultMessage: 'added a SentinelOne action',
      });

/**
 * What was requested, behind the name of whoever added it to the case. It says what the record says, and nothing
 * of what the attachment itself holds: everybody who may add to cases can write that.
 */
export const CaseEvent: FC<ExternalReferenceAttachmentViewProps> = ({ externalReferenceId }) => {
  const { action, problem } = useAction(externalReferenceId);
  if (action === undefined) return <>{unknownEvent(problem?.status === 404)}</>;
  // Kibana does not say to us who added it (8.12.2 to 9.x), so the line names the requester, who may be another user.
  const text = ACTION_DEFINITIONS[action.action].texts.caseEvent;
  return (
    <span css={{ overflowWrap: 'anywhere' }}>
      {text({ hosts: hostsText(action), user: nameInText(action.actor.username) })}
    </span>
  );
};
