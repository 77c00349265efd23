import type { ActionName } from '../../../common/actions/action_name';
import { openFlyout, type OpenFlyout } from '../open_flyout';
import type { Services } from '../../lib/services';
import { BulkFlyoutContent } from './bulk_flyout_content';

const TITLE_ID = 'sentineloneResponseBulkTitle';

export interface BulkRequest {
  readonly action: ActionName;
  readonly alertIds: readonly string[];
}

/** Opens the flyout that isolates or releases the hosts of several alerts. */
export function openBulkFlyout(
  services: Services,
  { action, alertIds }: BulkRequest,
  onClose?: () => void
): OpenFlyout {
  return openFlyout(
    services,
    { titleId: TITLE_ID, testSubject: 'sentineloneResponseBulkFlyout', size: 'l', onClose },
    (close) => (
      <BulkFlyoutContent action={action} alertIds={alertIds} titleId={TITLE_ID} onClose={close} />
    )
  );
}
