import { EuiLink } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { PLUGIN_ID } from '../../common/lib/constants';
import { historyPath } from '../action_history/history_state';
import { useKibanaLink } from '../lib/kibana_link';
import { renderRoot } from '../lib/render_root';
import type { Services } from '../lib/services';
import { showResultToast, type Ended } from './result_toast';
import { noteLookedAt } from './looked_at';

/** Leads to the record of an action. */
const RecordLink = ({ actionId }: { readonly actionId: string }) => {
  const { href, onClick } = useKibanaLink(PLUGIN_ID, historyPath({ actionId }));
  return (
    <EuiLink
      href={href}
      onClick={(event: React.MouseEvent) => {
        noteLookedAt([actionId]);
        onClick(event);
      }}
    >
      {i18n.translate('sentineloneResponse.followUp.record', {
        defaultMessage: 'Show in history',
      })}
    </EuiLink>
  );
};

/** Tells in a toast how an action ended that was followed, with a link to its record. */
export function showFinalResultToast(services: Services, actionId: string, ended: Ended): void {
  showResultToast(
    services.core.notifications.toasts,
    ended,
    (text) => (element) =>
      renderRoot(
        element,
        services,
        <>
          {text === '' ? null : <p>{text}</p>}
          <RecordLink actionId={actionId} />
        </>
      )
  );
}
