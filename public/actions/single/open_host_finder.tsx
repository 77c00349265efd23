import { openFlyout, type OpenFlyout } from '../open_flyout';
import type { Services } from '../../lib/services';
import { HostFinderContent } from './host_finder_content';

const TITLE_ID = 'sentineloneResponseHostFinderTitle';

/** Opens the flyout in which a person chooses among the hosts that have one of these names. */
export function openHostFinder(services: Services, names: readonly string[]): OpenFlyout {
  return openFlyout(
    services,
    { titleId: TITLE_ID, testSubject: 'sentineloneResponseHostFinder' },
    (close) => <HostFinderContent names={names} titleId={TITLE_ID} onClose={close} />
  );
}
