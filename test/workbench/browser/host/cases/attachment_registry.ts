import type { CasesPublicSetup, ExternalReferenceAttachmentType } from '@kbn/cases-plugin/public';
import { onlyThese } from '../../../not_in_the_workbench';

/** `cases.attachmentFramework` of 8.12.2, and the types that plugins have registered. */
export interface AttachmentRegistry {
  readonly setup: CasesPublicSetup;
  /** Undefined for a type that nobody has registered. */
  get(id: string): ExternalReferenceAttachmentType | undefined;
}

export function createAttachmentRegistry(): AttachmentRegistry {
  const types = new Map<string, ExternalReferenceAttachmentType>();
  return {
    setup: onlyThese('plugins.cases', {
      attachmentFramework: onlyThese('plugins.cases.attachmentFramework', {
        registerExternalReference(type: ExternalReferenceAttachmentType): void {
          if (types.has(type.id)) {
            throw new Error(
              `Item "${type.id}" is already registered on registry ExternalReferenceAttachmentTypeRegistry`
            );
          }
          types.set(type.id, type);
        },
      }),
    }),
    get: (id) => types.get(id),
  };
}
