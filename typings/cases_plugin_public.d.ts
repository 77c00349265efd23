/** Kibana 8.12.2; checked against `cases-plugin/public/plugin.js`, `cases-plugin/public/client/attachment_framework/*`. */
declare module '@kbn/cases-plugin/public' {
  import type { ComponentType, LazyExoticComponent, ReactElement, ReactNode } from 'react';

  export interface ExternalReferenceAttachmentViewProps {
    readonly attachmentId: string;
    readonly caseData: { readonly id: string; readonly title: string };
    readonly externalReferenceId: string;
    readonly externalReferenceMetadata: Readonly<Record<string, unknown>> | null;
    readonly createdBy: { readonly username?: string | null; readonly fullName?: string | null };
  }

  export interface AttachmentViewObject<Props> {
    readonly event?: ReactNode;
    readonly timelineAvatar?: ReactElement | string;
    readonly className?: string;
    readonly hideDefaultActions?: boolean;
    readonly children?: LazyExoticComponent<ComponentType<Props>>;
  }

  export interface ExternalReferenceAttachmentType {
    readonly id: string;
    readonly icon: string;
    readonly displayName: string;
    getAttachmentViewObject(
      props: ExternalReferenceAttachmentViewProps
    ): AttachmentViewObject<ExternalReferenceAttachmentViewProps>;
  }

  export interface CasesPublicSetup {
    readonly attachmentFramework: {
      registerExternalReference(type: ExternalReferenceAttachmentType): void;
    };
  }

  export interface CasesPublicStart {
    readonly helpers: {
      canUseCases(owners?: string[]): {
        readonly all: boolean;
        readonly create: boolean;
        readonly read: boolean;
        readonly update: boolean;
      };
    };
    readonly hooks: {
      useCasesAddToExistingCaseModal(props?: object): {
        open(options?: { readonly getAttachments?: () => object[] }): void;
        close(): void;
      };
    };
  }
}
