/** Kibana 8.12.2; checked against `cases-plugin/server/plugin.js`, `cases-plugin/server/attachment_framework/external_reference_registry.js`. */
declare module '@kbn/cases-plugin/server' {
  import type { KibanaRequest } from '@kbn/core/server';

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

  export interface CasesClient {
    readonly cases: {
      getCasesByAlertID(params: {
        readonly alertID: string;
        readonly options: { readonly owner?: string | string[] };
      }): Promise<Array<{ readonly id: string; readonly title: string; readonly status: string }>>;
    };
    readonly attachments: {
      add(params: {
        readonly caseId: string;
        readonly comment: ExternalReferenceAttachment;
      }): Promise<unknown>;
      bulkCreate(params: {
        readonly caseId: string;
        readonly attachments: ExternalReferenceAttachment[];
      }): Promise<unknown>;
    };
  }

  export interface CasesServerSetup {
    readonly attachmentFramework: {
      registerExternalReference(type: { readonly id: string }): void;
    };
  }

  export interface CasesServerStart {
    getCasesClientWithRequest(request: KibanaRequest): Promise<CasesClient>;
  }
}
