/** Kibana 8.12.2, and what later versions lack or add (contracts.json); checked against `cases-plugin/server/plugin.js`, `cases-plugin/server/client/{cases,attachments,user_actions}/*`, `cases-plugin/server/common/error.js`, `cases-plugin/server/attachment_framework/external_reference_registry.js`. */
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

  /**
   * What replaces external references in 9.5.1 (`cases/common/types/domain/attachment/v2.ts`, commit 913c545).
   */
  export interface UnifiedAttachment {
    readonly type: string;
    readonly attachmentId: string;
    readonly metadata: Readonly<Record<string, unknown>> | null;
    readonly owner: string;
  }

  export type AttachmentRequest = ExternalReferenceAttachment | UnifiedAttachment;

  /** What is read of an attachment, in both forms. Later versions accept several ids in one attachment. */
  export interface HeldAttachmentBody {
    readonly type: string;
    readonly externalReferenceAttachmentTypeId?: string;
    readonly externalReferenceId?: string;
    readonly attachmentId?: string | readonly string[];
  }

  /** The members of a schema of `@kbn/zod/v4` that cases call (`cases/server/client/attachments/validators.ts`). */
  export interface UnifiedAttachmentSchema {
    safeParse(payload: unknown):
      | { readonly success: true; readonly data: unknown }
      | {
          readonly success: false;
          readonly error: Error & {
            readonly issues: ReadonlyArray<{
              readonly path: readonly string[];
              readonly message: string;
            }>;
          };
        };
    parse(payload: unknown): unknown;
  }

  /**
   * 9.4 reads `schemaValidator` (`cases/server/attachment_framework/types.ts`, commit 913c545), 9.5 and later `schema`
   * and `workflowSchema` (`unified_attachment_registry.ts`, commit 027ff21).
   */
  export interface UnifiedAttachmentType {
    readonly id: string;
    readonly schema: UnifiedAttachmentSchema;
    readonly workflowSchema: false;
    /** Throws if the metadata of an attachment is not accepted. */
    schemaValidator(metadata: unknown): void;
  }

  export interface Case {
    readonly id: string;
    readonly title: string;
    readonly status: CaseStatus;
    readonly owner: string;
  }

  /**
   * Acts as the user of the request. Rejects with an error whose `boomify()` gives the status: 403 without
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
       * At most 1,000 ids. Rejects with 403 if the user may see no owner's cases; single cases that they may not see,
       * and those that do not exist, are in `errors`.
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
      add(params: { readonly caseId: string; readonly comment: AttachmentRequest }): Promise<Case>;
      /** Everything that is attached to a case, shown in its activity or not. */
      getAll(params: {
        readonly caseID: string;
      }): Promise<ReadonlyArray<HeldAttachmentBody & { readonly id: string }>>;
      /** Needs the privilege to delete, which people may have been given `All` without. */
      delete(params: {
        readonly caseID: string;
        readonly attachmentID: string;
        /** Its name in 9.5 and later (`cases/server/client/attachments/types.ts`, commit 016d0e3). */
        readonly savedObjectId: string;
      }): Promise<void>;
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

  export interface AttachmentFramework {
    /** Up to 9.5.0. Throws when the id is taken. */
    registerExternalReference?(type: { readonly id: string }): void;
    /** 9.4 and later. Throws when the id is taken. */
    registerUnified?(type: UnifiedAttachmentType): void;
    /** What `registerUnified` is called later (`attachment_framework/README.md`, commit b18f356). */
    registerAttachment?(type: UnifiedAttachmentType): void;
  }

  export interface CasesServerSetup {
    readonly attachmentFramework: AttachmentFramework;
  }

  export interface CasesServerStart {
    getCasesClientWithRequest(request: KibanaRequest): Promise<CasesClient>;
  }
}
