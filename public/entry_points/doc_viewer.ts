import type { ComponentType } from 'react';
import type {
  DocView,
  DocViewRenderProps,
  UnifiedDocViewerRegistry,
  UnifiedDocViewerSetup,
} from '@kbn/unified-doc-viewer-plugin/public';
import { AGENT_ID_FIELDS, AGENT_UUID_FIELD } from '../../common/agent_fields';
import { PLUGIN_ID } from '../../common/constants';
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
    shouldShow: (hit) =>
      attempt(
        () =>
          isOffered() &&
          [AGENT_UUID_FIELD, ...AGENT_ID_FIELDS].some((field) => hit.flattened[field] != null),
        false
      ),
    component: Tab,
  };
  attempt(() =>
    docViewer?.registry ? docViewer.registry.add(view) : docViewer?.addDocView?.(view)
  );
}
