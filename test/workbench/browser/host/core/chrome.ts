import type { ChromeBreadcrumb, ChromeStart } from '@kbn/core/public';
import { BehaviorSubject } from 'rxjs';
import { onlyThese } from '../../../not_in_the_workbench';

type Badge = NonNullable<Parameters<ChromeStart['setBadge']>[0]>;
type HelpExtension = NonNullable<Parameters<ChromeStart['setHelpExtension']>[0]>;

export interface ChromeService {
  readonly start: ChromeStart;
  readonly breadcrumbs$: BehaviorSubject<readonly ChromeBreadcrumb[]>;
  readonly badge$: BehaviorSubject<Badge | undefined>;
  readonly help$: BehaviorSubject<HelpExtension | undefined>;
  /** The settings of an app end with it. */
  reset(): void;
}

const BASE_TITLE = 'Elastic';

/** `core.chrome`: breadcrumbs and other settings of apps, which the header shows. */
export function createChrome(): ChromeService {
  const breadcrumbs$ = new BehaviorSubject<readonly ChromeBreadcrumb[]>([]);
  const badge$ = new BehaviorSubject<Badge | undefined>(undefined);
  const help$ = new BehaviorSubject<HelpExtension | undefined>(undefined);
  const change = (title: string | string[]): void => {
    document.title = [title, BASE_TITLE].flat().join(' - ');
  };
  const reset = (): void => {
    document.title = BASE_TITLE;
  };
  return {
    breadcrumbs$,
    badge$,
    help$,
    reset() {
      breadcrumbs$.next([]);
      badge$.next(undefined);
      help$.next(undefined);
      reset();
    },
    start: onlyThese('core.chrome', {
      setBreadcrumbs: (crumbs: ChromeBreadcrumb[]) => breadcrumbs$.next(crumbs),
      setBadge: (badge?: Badge) => badge$.next(badge),
      setHelpExtension: (extension?: HelpExtension) => help$.next(extension),
      docTitle: onlyThese('core.chrome.docTitle', { change, reset }),
    }),
  };
}
