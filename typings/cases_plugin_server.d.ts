/** Kibana 8.12.2; checked against `cases-plugin/server/plugin.js`, `cases-plugin/server/client/{cases,attachments,user_actions}/*`, `cases-plugin/server/common/error.js`, `cases-plugin/server/attachment_framework/external_reference_registry.js`. */
declare module '@kbn/cases-plugin/server' {
  import type { KibanaRequest } from '@kbn/core/server';

  export type CaseStatus = 'open' | 'in-progress' | 'closed';

  export type ExternalReferenceStorage =
    | { readonly type: 'elasticSearchDoc' }
    | { readonly type: 'savedObject'; readonly soType: string };

  /** Unknown members are refused. `owner` is the case's. */
  export interface ExternalReferenceAttachment {
    readonly type: 'externalReference';
    readonly externalReferenceAttachmentTypeId: string;
    readonly externalReferenceId: string;
    readonly externalReferenceStorage: ExternalReferenceStorage;
    readonly externalReferenceMetadata: Readonly<Record<string, unknown>> | null;
    readonly owner: string;
  }

  export interface Case {
    readonly id: string;
    readonly title: string;
    readonly status: CaseStatus;
    readonly owner: string;
  }

  /**
   * Acts as whoever sent the request. Rejects with an error whose `boomify()` gives the status: 403 without
   * the privilege, 404 without the case, 400 for an attachment that does not fit, 409 when somebody else
   * changed the case meanwhile.
   */
  export interface CasesClient {
    readonly cases: {
      getCasesByAlertID(params: {
        readonly alertID: string;
        readonly options: { readonly owner?: string | string[] };
      }): Promise<Array<Pick<Case, 'id' | 'title' | 'status'>>>;
      /**
       * At most 1,000 ids. Rejects with 403 where the person may see no owner's cases; single cases that he may not
       * see, and those that are not there, are in `errors`.
       */
      bulkGet(params: { readonly ids: string[] }): Promise<{
        readonly cases: readonly Case[];
        readonly errors: ReadonlyArray<{
          readonly caseId: string;
          readonly status: number | undefined;
        }>;
      }>;
      /** `search` is a simple query string; `perPage` is at most 100. */
      search(params: {
        readonly owner?: string | string[];
        readonly status?: CaseStatus | CaseStatus[];
        readonly search?: string;
        readonly searchFields?: 'title' | 'description' | Array<'title' | 'description'>;
        readonly defaultSearchOperator?: 'AND' | 'OR';
        readonly sortField?: 'createdAt' | 'updatedAt' | 'title';
        readonly sortOrder?: 'asc' | 'desc';
        readonly page?: number;
        readonly perPage?: number;
      }): Promise<{ readonly cases: readonly Case[]; readonly total: number }>;
    };
    readonly attachments: {
      /** Resolves to the case with all that is attached to it. */
      add(params: {
        readonly caseId: string;
        readonly comment: ExternalReferenceAttachment;
      }): Promise<Case>;
      /** Everything that is attached to a case, shown in its activity or not. */
      getAll(params: { readonly caseID: string }): Promise<
        ReadonlyArray<{
          readonly id: string;
          readonly type: string;
          readonly externalReferenceAttachmentTypeId?: string;
          readonly externalReferenceId?: string;
        }>
      >;
      /** Needs the privilege to delete, which people may have been given `All` without. */
      delete(params: { readonly caseID: string; readonly attachmentID: string }): Promise<void>;
    };
    readonly userActions: {
      /** A case's activity. `perPage` is at most 100. */
      find(params: {
        readonly caseId: string;
        readonly params: {
          readonly types?: readonly ['attachment'];
          readonly sortOrder?: 'asc' | 'desc';
          readonly page?: number;
          readonly perPage?: number;
        };
      }): Promise<{
        readonly userActions: ReadonlyArray<{
          readonly action: string;
          readonly comment_id: string | null;
        }>;
        readonly total: number;
      }>;
    };
  }

  export interface CasesServerSetup {
    readonly attachmentFramework: {
      /** Up to 9.5.0. */
      registerExternalReference?(type: { readonly id: string }): void;
    };
  }

  export interface CasesServerStart {
    getCasesClientWithRequest(request: KibanaRequest): Promise<CasesClient>;
  }
}
