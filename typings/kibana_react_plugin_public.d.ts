/** Kibana 8.12.2; checked against `kibana-react-plugin/target/public/kibanaReact.plugin.js`. */
declare module '@kbn/kibana-react-plugin/public' {
  import type { FC, ReactNode } from 'react';

  /** What Kibana's own components take `core` and plugins from, wherever they are rendered. */
  export const KibanaContextProvider: FC<{
    readonly services?: Readonly<Record<string, unknown>>;
    readonly children?: ReactNode;
  }>;
}
