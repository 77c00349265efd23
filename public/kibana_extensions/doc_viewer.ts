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
 * A tab in Discover's document viewer. It is registered by `addDocView` in Kibana 8.12, and by a `registry` in later
 * versions. Loaded with every page.
 */

export interface DocViewerPorts {
  readonly isOffered: () => boolean;
  readonly Tab: ComponentType<DocViewRenderProps>;
}

/** Registers the tab for documents with a SentinelOne agent. Does nothing without a viewer. */
export function addDocViewerTab(
  docViewer: Partial<UnifiedDocViewerSetup & UnifiedDocViewerRegistry> | undefined,
  { isOffered, Tab }: DocViewerPorts
): void {
  const view: DocView = {
    id: PLUGIN_ID,
    title: 'SentinelOne',
    order: 30,
    // A serial number is sufficient in every document: custom indices with SentinelOne's data may not contain its
    // source, and for the device of another vendor, the tab reports that SentinelOne does not have the agent.
    shouldShow: ({ flattened }) => attempt(() => isOffered() && namesAgent(flattened), false),
    component: Tab,
  };
  attempt(() =>
    docViewer?.registry ? docViewer.registry.add(view) : docViewer?.addDocView?.(view)
  );
}
