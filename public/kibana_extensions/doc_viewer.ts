import type { ComponentType } from 'react';
import type {
  DocView,
  DocViewRenderProps,
  UnifiedDocViewerSetup,
} from '@kbn/unified-doc-viewer-plugin/public';
import { PLUGIN_ID } from '../../common/lib/constants';
import { attempt } from './failures';

/**
 * A tab in Discover's document viewer. It is registered by `addDocView` in Kibana 8.12, and by a `registry` in later
 * versions. Loaded with every page.
 */

/** Fields with an agent's UUID or id that only SentinelOne's documents have, and the observer's serial number. */
export const AGENT_FIELD =
  /^(observer\.serial_number|sentinel_one.*(agent|endpoint|y\.data)[._](uu)?id)$/;

/**
 * Whether a document identifies an agent. `flattened` contains its fields by dotted names. Decided without the table of
 * data streams, because every page of Kibana loads this file; a test compares it with the table.
 */
export const namesAgent = (flattened: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(flattened).some(
    ([field, value]) =>
      value != null &&
      (AGENT_FIELD.test(field) ||
        // `host.id` is the agent's id only in the integration's documents, which one of these fields shows.
        (flattened['host.id'] &&
          /\.(module|dataset)$/.test(field) &&
          /\bsentinel_one\b/.test(`${value}`)))
  );

export interface DocViewerPorts {
  readonly isOffered: () => boolean;
  readonly Tab: ComponentType<DocViewRenderProps>;
}

/**
 * Registers the tab for documents with a SentinelOne agent. Returns false if the viewer takes no tabs. Does nothing
 * without a viewer, and throws if the id is taken.
 */
export function addDocViewerTab(
  docViewer: UnifiedDocViewerSetup | undefined,
  { isOffered, Tab }: DocViewerPorts
): boolean | undefined {
  if (!docViewer) return undefined;
  const view: DocView = {
    id: PLUGIN_ID,
    title: 'SentinelOne',
    order: 30,
    // A serial number is sufficient in every document: custom indices with SentinelOne's data may not contain its
    // source, and for the device of another vendor, the tab reports that SentinelOne does not have the agent.
    shouldShow: ({ flattened }) => attempt(() => isOffered() && namesAgent(flattened), false),
    component: Tab,
  };
  if (docViewer.registry) docViewer.registry.add(view);
  else if (docViewer.addDocView) docViewer.addDocView(view);
  else return false;
  return true;
}
