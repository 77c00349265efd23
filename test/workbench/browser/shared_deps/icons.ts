import { appendIconComponentCache } from '@elastic/eui/es/components/icon/icon';
import { icons } from 'workbench:eui-icons';

/** EUI loads each icon by a request of its own; here all of them are in the bundle already. */
export function cacheIcons(): void {
  appendIconComponentCache(icons);
}
