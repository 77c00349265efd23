import type { AlertContext } from '../../../common/hosts/alert';
import type { ActionName } from '../../../common/actions/action_name';
import { openFlyout, type FlyoutOptions, type OpenFlyout } from '../open_flyout';
import type { Services } from '../../lib/services';
import { AlertFlyoutContent } from './alert_flyout_content';

const TITLE_ID = 'sentineloneResponseFlyoutTitle';

export interface AlertFlyoutOptions extends Pick<FlyoutOptions, 'onClose' | 'focusAfter'> {
  /** What somebody has chosen already: the flyout begins with that step. */
  readonly action?: ActionName;
}

/** Opens the flyout of an alert, or of a host alone. */
export function openAlertFlyout(
  services: Services,
  context: AlertContext,
  { action, ...options }: AlertFlyoutOptions = {}
): OpenFlyout {
  return openFlyout(
    services,
    { ...options, titleId: TITLE_ID, testSubject: 'sentineloneResponseFlyout' },
    (close) => (
      <AlertFlyoutContent context={context} action={action} titleId={TITLE_ID} onClose={close} />
    )
  );
}
