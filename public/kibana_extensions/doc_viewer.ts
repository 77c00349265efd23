import type { ComponentType } from 'react';
import type {
  DocView,
  DocViewRenderProps,
  UnifiedDocViewerRegistry,
  UnifiedDocViewerSetup,
} from '@kbn/unified-doc-viewer-plugin/public';
import { namesAgent } from '../../common/hosts/agent_fields';
import { PLUGIN_ID } from '../../common/lib/constants';
import { attempt } from './failures';

/**
 * A tab in Discover's document viewer. Kibana 8.12 takes it by `addDocView`, later ones by a `registry`.
 * Loaded with every page.
 */

export interface DocViewerPorts {
  readonly isOffered: () => boolean;
  readonly Tab: ComponentType<DocViewRenderProps>;
}

/** Offers the tab for documents that name a SentinelOne agent. Does nothing where there is no viewer. */
export function addDocViewerTab(
  docViewer: Partial<UnifiedDocViewerSetup & UnifiedDocViewerRegistry> | undefined,
  { isOffered, Tab }: DocViewerPorts
): void {
  const view: DocView = {
    id: PLUGIN_ID,
    title: 'SentinelOne',
    order: 30,
    // A serial number counts in every document: SentinelOne's data in indices of one's own need not say where it
    // comes from, and the tab says so when SentinelOne does not know the number of another vendor's device.
    shouldShow: ({ flattened }) => attempt(() => isOffered() && namesAgent(flattened), false),
    component: Tab,
  };
  attempt(() =>
    docViewer?.registry ? docViewer.registry.add(view) : docViewer?.addDocView?.(view)
  );
}
