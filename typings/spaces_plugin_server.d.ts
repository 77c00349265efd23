/** Kibana 8.12.2; checked against `spaces-plugin/server/plugin.js`, `spaces-plugin/server/spaces_service/spaces_service.js`, `spaces-plugin/server/spaces_client/spaces_client.js`. */
declare module '@kbn/spaces-plugin/server' {
  import type { KibanaRequest } from '@kbn/core/server';

  export interface Space {
    readonly id: string;
    readonly name: string;
    readonly description?: string;
    readonly disabledFeatures: string[];
  }

  export interface SpacesClient {
    get(id: string): Promise<Space>;
    getAll(): Promise<Space[]>;
  }

  export interface SpacesServiceSetup {
    getSpaceId(request: KibanaRequest): string;
    /** undefined for the default space. */
    spaceIdToNamespace(spaceId: string): string | undefined;
    namespaceToSpaceId(namespace: string | undefined): string;
  }

  export interface SpacesServiceStart extends SpacesServiceSetup {
    getActiveSpace(request: KibanaRequest): Promise<Space>;
    isInDefaultSpace(request: KibanaRequest): boolean;
    createSpacesClient(request: KibanaRequest): SpacesClient;
  }

  export interface SpacesPluginSetup {
    readonly spacesService: SpacesServiceSetup;
  }

  export interface SpacesPluginStart {
    readonly spacesService: SpacesServiceStart;
  }
}
