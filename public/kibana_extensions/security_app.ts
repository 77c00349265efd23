import type { ApplicationStart } from '@kbn/core/public';
import { logFailure } from './failures';

/** The id of Security's app is `securitySolutionUI` in Kibana 8.12. All versions use this prefix. */
const SECURITY_APP = /^securitySolution/;

/** Calls `onOpen` when Security is opened for the first time. Loaded with every page. */
export function whenSecurityOpens(
  { currentAppId$ }: Pick<ApplicationStart, 'currentAppId$'>,
  onOpen: () => Promise<unknown>
): void {
  let isOpened = false;
  currentAppId$.subscribe((id) => {
    if (isOpened || !id || !SECURITY_APP.test(id)) return;
    isOpened = true;
    onOpen().catch(logFailure);
  });
}
