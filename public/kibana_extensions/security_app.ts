import type { ApplicationStart } from '@kbn/core/public';
import { logFailure } from './failures';

/** Security's app in Kibana 8.12 is `securitySolutionUI`; its names have all begun like this. */
const SECURITY_APP = /^securitySolution/;

/** Calls `enter` when Security is opened for the first time. Loaded with every page. */
export function whenSecurityOpens(
  { currentAppId$ }: Pick<ApplicationStart, 'currentAppId$'>,
  enter: () => Promise<unknown>
): void {
  let isEntered = false;
  currentAppId$.subscribe((id) => {
    if (isEntered || !id || !SECURITY_APP.test(id)) return;
    isEntered = true;
    enter().catch(logFailure);
  });
}
