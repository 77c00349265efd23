import type {
  AttachmentRequest,
  CasesServerSetup,
  HeldAttachmentBody,
  UnifiedAttachmentSchema,
} from '@kbn/cases-plugin/server';
import { actionIdCodec } from '../../common/api/connector';
import { caseMetadataCodec, type CaseMetadata } from '../../common/api/cases';
import { isRecord } from '../../common/lib/is_record';
import { listText } from '../../common/lib/text';
import { CASE_ATTACHMENT_TYPE_ID, CASES_OWNER } from '../../common/lib/constants';
import { decode } from '../../common/lib/validation';

/**
 * How Kibana stores attachments of other plugins: as external references up to 9.5.0, as unified attachments from 9.5.1
 * on. 9.4 and 9.5.0 have a registry for both. There, external references are written: unified attachments of other
 * plugins lose fields while `xpack.cases.attachments.enabled` is off. Kibana 9.5.1 and later do not show external
 * references of other plugins any more (`cases/public/components/user_actions/comment/comment.tsx`).
 */
export type AttachmentForm = 'external_reference' | 'unified';

interface Issue {
  readonly path: readonly string[];
  readonly message: string;
}

const isMetadata = (value: unknown): boolean =>
  value === undefined || value === null || decode(caseMetadataCodec, value).ok;

function issuesOf(payload: unknown): readonly Issue[] {
  if (!isRecord(payload)) return [{ path: [], message: 'must be an object' }];
  const { type, attachmentId, metadata, owner } = payload;
  const rules: ReadonlyArray<readonly [name: string, isKept: boolean, message: string]> = [
    ['type', type === CASE_ATTACHMENT_TYPE_ID, `must be ${CASE_ATTACHMENT_TYPE_ID}`],
    ['attachmentId', decode(actionIdCodec, attachmentId).ok, 'must be the id of an action'],
    ['metadata', isMetadata(metadata), 'must be an action, its first hosts and their number'],
    ['owner', typeof owner === 'string' && owner !== '', 'must be the owner of the case'],
  ];
  return rules
    .filter(([, isKept]) => !isKept)
    .map(([name, , message]) => ({ path: [name], message }));
}

/**
 * The members of a zod schema by which cases validate a unified attachment (`safeParse` in
 * `cases/server/client/attachments/validators.ts`). Kibana's own zod is not used: 8.12 to 9.2 do not have it.
 */
export const unifiedSchema: UnifiedAttachmentSchema = {
  safeParse(payload) {
    const issues = issuesOf(payload);
    if (issues.length === 0) return { success: true, data: payload };
    const message = listText(issues.map((issue) => `${issue.path.join('.')} ${issue.message}`));
    return { success: false, error: Object.assign(new Error(message), { issues }) };
  },
  parse(payload) {
    const result = unifiedSchema.safeParse(payload);
    if (result.success) return result.data;
    throw result.error;
  },
};

/**
 * Registers the type of our attachments in every registry that this Kibana has, and returns the form in which actions are
 * attached; undefined if it has none of the known ones. Throws if no registry takes it.
 */
export function registerAttachmentType(
  framework: CasesServerSetup['attachmentFramework']
): AttachmentForm | undefined {
  const id = CASE_ATTACHMENT_TYPE_ID;
  const registered: AttachmentForm[] = [];
  const errors: unknown[] = [];
  const registerIn = (form: AttachmentForm, register: (() => void) | undefined) => {
    if (register === undefined) return;
    try {
      register();
      registered.push(form);
    } catch (error) {
      errors.push(error);
    }
  };
  const { registerExternalReference, registerUnified, registerAttachment } = framework;
  registerIn(
    'external_reference',
    registerExternalReference && (() => registerExternalReference.call(framework, { id }))
  );
  // `registerUnified` is called `registerAttachment` in later versions.
  const unified = registerUnified ?? registerAttachment;
  registerIn(
    'unified',
    unified &&
      (() =>
        unified.call(framework, {
          id,
          schema: unifiedSchema,
          // Workflows could not name an action that exists.
          workflowSchema: false,
          // In place of the schema in 9.4, for the metadata alone.
          schemaValidator: (metadata) => {
            if (!isMetadata(metadata)) throw new Error('The metadata does not describe an action');
          },
        }))
  );
  if (registered.length === 0 && errors.length > 0) throw errors[0];
  return registered[0];
}

/**
 * Returns an action as an attachment of a case. It refers to no saved object: the plugin's records are hidden, and
 * cases that refer to hidden objects cannot be imported elsewhere.
 */
export const attachmentOf = (
  actionId: string,
  metadata: CaseMetadata,
  form: AttachmentForm
): AttachmentRequest =>
  form === 'unified'
    ? { type: CASE_ATTACHMENT_TYPE_ID, attachmentId: actionId, metadata, owner: CASES_OWNER }
    : {
        type: 'externalReference',
        externalReferenceAttachmentTypeId: CASE_ATTACHMENT_TYPE_ID,
        externalReferenceId: actionId,
        externalReferenceStorage: { type: 'elasticSearchDoc' },
        externalReferenceMetadata: metadata,
        owner: CASES_OWNER,
      };

/**
 * Whether something that is attached to a case is this action, in the form that this Kibana shows. Where unified
 * attachments are written, an external reference is not shown and does not count.
 */
export function isAttachmentOf(
  attachment: HeldAttachmentBody,
  actionId: string,
  form: AttachmentForm
): boolean {
  if (attachment.type === CASE_ATTACHMENT_TYPE_ID) {
    return [attachment.attachmentId].flat().includes(actionId);
  }
  return (
    form === 'external_reference' &&
    attachment.externalReferenceAttachmentTypeId === CASE_ATTACHMENT_TYPE_ID &&
    attachment.externalReferenceId === actionId
  );
}
