/** Kibana 8.12.2, and what later versions lack or add (contracts.json); checked against `unified-doc-viewer-plugin/public/plugin.js`, `unified-doc-viewer/src/services/doc_views_registry.js`. */
declare module '@kbn/unified-doc-viewer-plugin/public' {
  import type { ComponentType } from 'react';

  export interface DataTableRecord {
    readonly id: string;
    readonly raw: {
      readonly _id?: string;
      readonly _index: string;
      readonly _source?: unknown;
      readonly fields?: Readonly<Record<string, unknown>>;
    };
    readonly flattened: Readonly<Record<string, unknown>>;
    readonly isAnchor?: boolean;
  }

  export interface DocViewRenderProps {
    readonly hit: DataTableRecord;
    readonly dataView: { readonly id?: string; getIndexPattern(): string };
  }

  export interface DocView {
    /** Later versions ask for it. */
    readonly id?: string;
    readonly order: number;
    readonly title: string;
    shouldShow?(hit: DataTableRecord): boolean;
    readonly component: ComponentType<DocViewRenderProps>;
  }

  export interface UnifiedDocViewerSetup {
    /** 8.12 only. */
    addDocView?(view: DocView): void;
    /** 8.13 and later, in place of `addDocView`. Throws when the id is taken. */
    readonly registry?: { add(view: DocView): void };
  }

  export interface UnifiedDocViewerStart {
    getDocViews(hit: DataTableRecord): DocView[];
  }
}
