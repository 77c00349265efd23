import { pick } from 'lodash';
import type { ComponentType, ReactNode } from 'react';
import type { CasesPublicSetup, ExternalReferenceAttachmentType } from '@kbn/cases-plugin/public';
import { onlyThese } from '../../../not_in_the_workbench';
import { NO_REGISTRIES } from '../../../cases/no_registries';
import type { KibanaVersion } from '../../../versions/kibana_version';

interface UnifiedProps {
  /** The id of what is attached. */
  readonly attachmentId: string;
  readonly metadata: Readonly<Record<string, unknown>> | null;
  readonly caseData: { readonly id: string; readonly title: string };
}

/** A type of attachments, as 9.4 and later have it (`attachment_framework/types.ts@ca32685`). */
interface UnifiedType {
  readonly id: string;
  readonly getAttachmentViewObject: (props: UnifiedProps) => {
    readonly event?: ReactNode;
    readonly timelineAvatar?: string;
    readonly children?: ComponentType<UnifiedProps>;
  };
  readonly getAttachmentRemovalObject?: (props: UnifiedProps) => { readonly event?: ReactNode };
}

/** `cases.attachmentFramework`, and the types that plugins have registered. */
export interface AttachmentRegistry {
  readonly setup: CasesPublicSetup;
  /** Undefined for a type that nobody has registered. */
  get(id: string): ExternalReferenceAttachmentType | undefined;
  /** The same in the registry of later versions. */
  getUnified(id: string): UnifiedType | undefined;
}

/** With the registries that a version of Kibana has; the other one is undefined. */
export function createAttachmentRegistry(
  registries: KibanaVersion['caseRegistries']
): AttachmentRegistry {
  const types = new Map<string, ExternalReferenceAttachmentType>();
  const unified = new Map<string, UnifiedType>();
  const into =
    <A extends { readonly id: string }>(map: Map<string, A>, registry: string) =>
    (type: A): void => {
      if (map.has(type.id)) {
        throw new Error(`Item "${type.id}" is already registered on registry ${registry}`);
      }
      map.set(type.id, type);
    };
  return {
    setup: onlyThese('plugins.cases', {
      attachmentFramework: onlyThese('plugins.cases.attachmentFramework', {
        ...NO_REGISTRIES,
        ...pick(
          {
            registerExternalReference: into(types, 'ExternalReferenceAttachmentTypeRegistry'),
            registerUnified: into(unified, 'UnifiedAttachmentTypeRegistry'),
          },
          registries
        ),
      }),
    }) as unknown as CasesPublicSetup,
    get: (id) => types.get(id),
    getUnified: (id) => unified.get(id),
  };
}
