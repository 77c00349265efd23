import type { AttachmentFramework, UnifiedAttachmentType } from '@kbn/cases-plugin/server';
import * as fc from 'fast-check';
import {
  attachmentOf,
  isAttachmentOf,
  registerAttachmentType,
  unifiedSchema,
  type AttachmentForm,
} from './attachment_type';
import { caseMetadataOf } from './cases_of_user';

const ACTION_ID = '00000000-0000-4000-8000-000000000001';
const METADATA = caseMetadataOf('isolate', [{ name: 'web-7', agentId: '1' }]);

/** The registries of one version of Kibana, which use their object as Kibana's do. */
interface Registries {
  readonly registered: Array<readonly [name: string, type: { readonly id: string }]>;
}

function registries(
  names: ReadonlyArray<keyof AttachmentFramework>,
  failing: readonly string[] = []
): Registries & AttachmentFramework {
  return {
    registered: [],
    ...Object.fromEntries(
      names.map((name) => [
        name,
        function register(this: Registries, type: { readonly id: string }) {
          if (failing.includes(name)) throw new Error(`${name} is broken`);
          this.registered.push([name, type]);
        },
      ])
    ),
  };
}

it.each<[string, ReadonlyArray<keyof AttachmentFramework>, AttachmentForm | undefined]>([
  ['8.12 to 9.3', ['registerExternalReference'], 'external_reference'],
  ['9.4 and 9.5.0', ['registerExternalReference', 'registerUnified'], 'external_reference'],
  ['9.5.1', ['registerUnified'], 'unified'],
  ['later', ['registerAttachment'], 'unified'],
  ['unknown', [], undefined],
])('registers in every registry of Kibana %s', (_, names, form) => {
  const framework = registries(names);
  expect(registerAttachmentType(framework)).toBe(form);
  expect(framework.registered.map(([name, { id }]) => [name, id])).toEqual(
    names.map((name) => [name, 'sentineloneResponse'])
  );
});

it('uses the registry that works', () => {
  const names = ['registerExternalReference', 'registerUnified'] as const;
  expect(registerAttachmentType(registries(names, ['registerExternalReference']))).toBe('unified');
  expect(registerAttachmentType(registries(names, ['registerUnified']))).toBe('external_reference');
  expect(() => registerAttachmentType(registries(names, [...names]))).toThrow(
    'registerExternalReference is broken'
  );
});

describe('the schema of unified attachments', () => {
  const { type: registered } = (() => {
    const framework = registries(['registerUnified']);
    registerAttachmentType(framework);
    return { type: framework.registered[0]![1] as UnifiedAttachmentType };
  })();
  const valid = attachmentOf(ACTION_ID, METADATA, 'unified');

  it('accepts what is attached, whatever the hosts are called', () => {
    const host = fc.record({
      name: fc.option(fc.fullUnicodeString({ maxLength: 40 }), { nil: null }),
      agentId: fc.option(fc.string(), { nil: null }),
    });
    fc.assert(
      fc.property(fc.uuid(), fc.array(host, { maxLength: 30 }), (actionId, hosts) => {
        const metadata = caseMetadataOf('release', hosts);
        const payload = attachmentOf(actionId, metadata, 'unified');
        expect(unifiedSchema.safeParse(payload)).toEqual({ success: true, data: payload });
        expect(unifiedSchema.parse(payload)).toBe(payload);
        registered.schemaValidator(metadata);
      })
    );
    expect(unifiedSchema.safeParse({ ...valid, metadata: null }).success).toBe(true);
    registered.schemaValidator(null);
  });

  it.each<[string, unknown, string]>([
    ['nothing', null, ' must be an object'],
    ['a list', [valid], ' must be an object'],
    ['another type', { ...valid, type: 'comment' }, 'type must be sentineloneResponse'],
    ['an action without id', { ...valid, attachmentId: '' }, 'attachmentId must be the id'],
    ['several actions', { ...valid, attachmentId: [ACTION_ID] }, 'attachmentId must be the id'],
    ['other metadata', { ...valid, metadata: { action: 'reboot' } }, 'metadata must be an action'],
    ['no owner', { ...valid, owner: undefined }, 'owner must be the owner'],
  ])('refuses %s, and names the field', (_, payload, message) => {
    const result = unifiedSchema.safeParse(payload);
    expect(result.success).toBe(false);
    expect(() => unifiedSchema.parse(payload)).toThrow(message);
    if (result.success) return;
    // As cases put it together for the user (`parseUnifiedAttachmentWithSchema`).
    const texts = result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
    expect(texts.join('; ')).toContain(message);
  });

  it('refuses other metadata in 9.4, which asks for it alone', () => {
    expect(() => registered.schemaValidator({ action: 'reboot' })).toThrow(/not describe/);
    expect(registered.workflowSchema).toBe(false);
  });
});

it('finds an action in the form that this Kibana shows', () => {
  const legacy = attachmentOf(ACTION_ID, METADATA, 'external_reference');
  const unified = attachmentOf(ACTION_ID, METADATA, 'unified');
  const found = (form: AttachmentForm, actionId = ACTION_ID) =>
    [legacy, unified].map((one) => isAttachmentOf(one, actionId, form));
  expect(found('external_reference')).toEqual([true, true]);
  // 9.5.1 and later do not show what older versions attached.
  expect(found('unified')).toEqual([false, true]);
  expect(found('external_reference', 'another')).toEqual([false, false]);
  expect(isAttachmentOf({ ...unified, attachmentId: ['x', ACTION_ID] }, ACTION_ID, 'unified')).toBe(
    true
  );
  expect(isAttachmentOf({ type: 'user' }, ACTION_ID, 'external_reference')).toBe(false);
});
