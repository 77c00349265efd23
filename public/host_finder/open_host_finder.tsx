import { openFlyout, type OpenFlyout } from '../open_flyout';
import type { Services } from '../services';
import { HostFinderContent } from './host_finder_content';

const TITLE_ID = 'sentineloneResponseHostFinderTitle';

/** Opens the flyout in which a person chooses among the hosts that have one name. */
export function openHostFinder(services: Services, name: string): OpenFlyout {
  return openFlyout(
    services,
    { titleId: TITLE_ID, testSubject: 'sentineloneResponseHostFinder' },
    (close) => <HostFinderContent name={name} titleId={TITLE_ID} onClose={close} />
  );
}
