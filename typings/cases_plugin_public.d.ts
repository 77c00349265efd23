/** Kibana 8.12.2, and what later versions lack or add (contracts.json); checked against `cases-plugin/public/plugin.js`, `cases-plugin/public/client/attachment_framework/*`, `cases-plugin/public/components/user_actions/comment/registered_attachments.js`. */
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

  /** How 9.4 and later show an action: `attachmentId` is the id of the action, not of the attachment. */
  export interface UnifiedAttachmentViewProps {
    /** Later versions accept several ids in one attachment. */
    readonly attachmentId: string | readonly string[];
    readonly caseData: { readonly id: string; readonly title: string };
    readonly metadata?: Readonly<Record<string, unknown>> | null;
  }

  /**
   * The members of both published forms: with a view object (`attachment_framework/types.ts`, commit ca32685), and with
   * an activity (`README.md`, commit b18f356).
   */
  export interface UnifiedAttachmentType {
    readonly id: string;
    readonly icon: string;
    readonly displayName: string;
    getAttachmentViewObject(
      props: UnifiedAttachmentViewProps
    ): AttachmentViewObject<UnifiedAttachmentViewProps>;
    getIcon(props: UnifiedAttachmentViewProps): string;
    getLabel(): string;
    getCreationActivity(
      props: UnifiedAttachmentViewProps
    ): AttachmentViewObject<UnifiedAttachmentViewProps>;
    /** The member of a schema of `@kbn/zod/v4` that cases call. */
    readonly schema: {
      safeParse(payload: unknown): { readonly success: true; readonly data: unknown };
    };
    readonly workflowSchema: false;
  }

  export interface AttachmentFramework {
    /** Up to 9.5.0. Throws when the id is taken. */
    registerExternalReference?(type: ExternalReferenceAttachmentType): void;
    /** 9.4 and later. Throws when the id is taken. */
    registerUnified?(type: UnifiedAttachmentType): void;
    /** What `registerUnified` is called later. */
    registerAttachment?(type: UnifiedAttachmentType): void;
  }

  export interface CasesPublicSetup {
    readonly attachmentFramework: AttachmentFramework;
  }
}
