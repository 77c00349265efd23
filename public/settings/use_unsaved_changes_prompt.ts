import { useEffect } from 'react';
import { i18n } from '@kbn/i18n';
import { useHistory } from 'react-router-dom';
import { useServices } from '../services';

/**
 * Asks before the user leaves the page with unsaved changes: on links and the back button within Kibana with
 * Kibana's own dialog, on closing or reloading the tab with the browser's.
 */
export function useUnsavedChangesPrompt(hasUnsavedChanges: boolean): void {
  const { application, http, overlays } = useServices().core;
  const history = useHistory();
  useEffect(() => {
    if (!hasUnsavedChanges) return undefined;
    const unblock = history.block(({ pathname, search, hash }) => {
      const leave = async () => {
        const isSure = await overlays.openConfirm(
          i18n.translate('sentineloneResponse.settings.leave', {
            defaultMessage: 'Your changes to the settings are not saved.',
          }),
          {
            title: i18n.translate('sentineloneResponse.settings.leaveTitle', {
              defaultMessage: 'Leave without saving?',
            }),
            confirmButtonText: i18n.translate('sentineloneResponse.settings.leaveButton', {
              defaultMessage: 'Leave without saving',
            }),
            cancelButtonText: i18n.translate('sentineloneResponse.settings.stayButton', {
              defaultMessage: 'Keep editing',
            }),
            buttonColor: 'danger',
          }
        );
        if (!isSure) return;
        unblock();
        // The path is that of Kibana's own history, which knows no base path.
        await application.navigateToUrl(http.basePath.prepend(`${pathname}${search}${hash}`));
      };
      void leave();
      return false;
    });
    const onBeforeUnload = (event: BeforeUnloadEvent) => {
      event.preventDefault();
      // Chrome asks only when this is set, whatever it is set to.
      event.returnValue = '';
    };
    window.addEventListener('beforeunload', onBeforeUnload);
    return () => {
      unblock();
      window.removeEventListener('beforeunload', onBeforeUnload);
    };
  }, [hasUnsavedChanges, application, history, http, overlays]);
}
