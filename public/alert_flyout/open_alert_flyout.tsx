import type { AlertContext } from '../../common/alert';
import { renderRoot } from '../render_root';
import type { Services } from '../services';
import { AlertFlyoutContent } from './alert_flyout_content';

const TITLE_ID = 'sentineloneResponseFlyoutTitle';

/** Opens the flyout over whatever page of Kibana is shown. `onClose` is called once, however it closes. */
export function openAlertFlyout(
  services: Services,
  context: AlertContext,
  onClose: () => void = () => {}
): { close(): void } {
  const flyout = services.core.overlays.openFlyout(
    (element) =>
      renderRoot(
        element,
        services,
        <AlertFlyoutContent
          context={context}
          titleId={TITLE_ID}
          onClose={() => void flyout.close()}
        />
      ),
    {
      size: 'm',
      ownFocus: true,
      'aria-labelledby': TITLE_ID,
      'data-test-subj': 'sentineloneResponseFlyout',
    }
  );
  void flyout.onClose.then(onClose);
  return { close: () => void flyout.close() };
}
