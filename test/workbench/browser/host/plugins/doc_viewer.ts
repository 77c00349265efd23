import type { DocView, UnifiedDocViewerSetup } from '@kbn/unified-doc-viewer-plugin/public';
import { onlyThese } from '../../../not_in_the_workbench';
import type { BrowserContracts } from '../../../versions/kibana_version';

/**
 * The registry of tabs in Discover, which the workbench does not have. A second tab of one id throws, as in
 * `doc_views_registry.ts@b7c559a`; in 8.12 tabs have no id.
 */
export function createDocViewer(member: BrowserContracts['docViewer']): UnifiedDocViewerSetup {
  const ids = new Set<string>();
  const add = ({ id }: DocView): void => {
    if (id !== undefined && ids.has(id)) {
      throw new Error(`DocViewsRegistry#add: a DocView is already registered with id "${id}".`);
    }
    if (id !== undefined) ids.add(id);
  };
  return onlyThese('plugins.unifiedDocViewer', {
    // What a version does not have is undefined, as a plugin finds it when it looks for one of several.
    addDocView: member === 'addDocView' ? add : undefined,
    registry: member === 'registry' ? { add } : undefined,
  });
}
