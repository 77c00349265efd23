/** Kibana 8.12.2; checked against `cases-plugin/public/plugin.js`, `cases-plugin/public/client/attachment_framework/*`, `cases-plugin/public/components/user_actions/comment/registered_attachments.js`. */
declare module '@kbn/cases-plugin/public' {
  import type { ComponentType, ReactElement, ReactNode } from 'react';

  export interface ExternalReferenceAttachmentViewProps {
    readonly attachmentId: string;
    readonly caseData: { readonly id: string; readonly title: string };
    readonly externalReferenceId: string;
    readonly externalReferenceMetadata: Readonly<Record<string, unknown>> | null;
  }

  export interface AttachmentViewObject<Props> {
    /** What stands between the user's name and the time. */
    readonly event?: ReactNode;
    readonly timelineAvatar?: ReactElement | string;
    readonly className?: string;
    readonly hideDefaultActions?: boolean;
    /** Rendered in a `Suspense`. */
    readonly children?: ComponentType<Props>;
  }

  export interface ExternalReferenceAttachmentType {
    readonly id: string;
    readonly icon: string;
    readonly displayName: string;
    /** Called whenever the case is rendered. */
    getAttachmentViewObject(
      props: ExternalReferenceAttachmentViewProps
    ): AttachmentViewObject<ExternalReferenceAttachmentViewProps>;
    /** What the activity says once it was removed. */
    getAttachmentRemovalObject?(
      props: Pick<
        ExternalReferenceAttachmentViewProps,
        'caseData' | 'externalReferenceId' | 'externalReferenceMetadata'
      >
    ): Pick<AttachmentViewObject<ExternalReferenceAttachmentViewProps>, 'event'>;
  }

  export interface CasesPublicSetup {
    readonly attachmentFramework: {
      /** Throws when the id is taken. */
      /** Up to 9.5.0. */
      registerExternalReference?(type: ExternalReferenceAttachmentType): void;
    };
  }
}
