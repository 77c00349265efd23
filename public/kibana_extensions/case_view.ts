import type { FC } from 'react';
import type {
  AttachmentFramework,
  AttachmentViewObject,
  ExternalReferenceAttachmentViewProps,
  UnifiedAttachmentType,
  UnifiedAttachmentViewProps,
} from '@kbn/cases-plugin/public';
import { CASE_ATTACHMENT_TYPE_ID, PLUGIN_NAME } from '../../common/lib/constants';
import type { BrowserIntegrations } from '../lib/browser_integrations';

/** How a case hands over an attachment, in each form that Kibana has had. */
export type CaseViewProps = ExternalReferenceAttachmentViewProps | UnifiedAttachmentViewProps;

/** The icon of attachments in cases, for all actions. */
const ICON = 'compute';

/**
 * Registers how cases show our attachments, in every registry that this Kibana has: external references up to 9.5.0,
 * unified attachments from 9.4 on. Loaded with every page.
 */
export function registerCaseView(
  framework: AttachmentFramework | undefined,
  integrations: BrowserIntegrations,
  Event: FC<CaseViewProps>,
  children: FC<CaseViewProps>
): void {
  // Kibana runs without cases.
  if (!framework) return;
  // All users of the case see the attachment, and users with the privilege to view hosts see its details.
  const view = (props: CaseViewProps): AttachmentViewObject<CaseViewProps> => ({
    // Called as a function, which is possible because it contains no hooks.
    event: Event(props),
    timelineAvatar: ICON,
    children,
  });
  const type: UnifiedAttachmentType = {
    id: CASE_ATTACHMENT_TYPE_ID,
    icon: ICON,
    displayName: PLUGIN_NAME,
    getAttachmentViewObject: view,
    getIcon: () => ICON,
    getLabel: () => PLUGIN_NAME,
    getCreationActivity: view,
    // What may be attached is checked on the server.
    schema: { safeParse: (data) => ({ success: true, data }) },
    workflowSchema: false,
  };
  const unified = framework.registerUnified ? 'registerUnified' : 'registerAttachment';
  const names = (['registerExternalReference', unified] as const).filter((name) => framework[name]);
  for (const name of names) {
    integrations.register('case_view', () => framework[name]!(type as never));
  }
  integrations.register('case_view', () => names.length > 0);
}
