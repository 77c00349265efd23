import type { ElasticsearchRequests } from '../elasticsearch/requests';
import type { DocumentStore } from './document_store';
import type { Encryption } from './encryption';
import type { TypeRegistry } from './type_registry';

export interface RepositoryScope {
  readonly store: DocumentStore;
  /** Where each request to Elasticsearch is counted. */
  readonly requests: ElasticsearchRequests;
  readonly registry: TypeRegistry;
  readonly encryption: Encryption;
  /** Names of the types that may be used; any other is unknown. */
  readonly allowedTypes: readonly string[];
  /**
   * The space of the request, for a client that is bound to one; the caller then may not name another.
   * Absent for a repository, where `options.namespace` decides.
   */
  readonly spaceId?: string;
  /** All spaces, for `namespaces: ['*']` of a client that is bound to a request. */
  readonly knownSpaces: readonly string[];
  /** Throws Kibana's 403 unless the user may do this; absent where no privilege is checked. */
  readonly authorize?: (
    action: string,
    types: readonly string[],
    spaceIds: readonly string[]
  ) => void;
  /** True when the user may do this in a space; absent where no privilege is checked. */
  readonly isAuthorized?: (action: string, type: string, spaceId: string) => boolean;
}
