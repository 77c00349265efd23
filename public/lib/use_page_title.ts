import { useEffect } from 'react';
import { i18n } from '@kbn/i18n';
import { PLUGIN_NAME } from '../../common/lib/constants';
import { useServices } from './services';

/** Names the page in Kibana's breadcrumbs, below Security and the app, and in the browser's title. */
export function usePageTitle(title: string): void {
  const { chrome } = useServices().core;
  useEffect(() => {
    chrome.setBreadcrumbs([
      {
        text: i18n.translate('sentineloneResponse.breadcrumb.security', {
          defaultMessage: 'Security',
        }),
      },
      { text: PLUGIN_NAME },
      { text: title },
    ]);
    chrome.docTitle.change([title, PLUGIN_NAME]);
  }, [chrome, title]);
}
