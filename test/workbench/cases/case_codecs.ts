import Boom from '@hapi/boom';
import { isLeft } from 'fp-ts/lib/Either';
import * as t from 'io-ts';

/** Bodies of the cases API (`cases-plugin/common/types`, 8.12.2), as far as the workbench has it. */

const limitedText = (fieldName: string, max: number) =>
  new t.Type<string>(
    'LimitedString',
    t.string.is,
    (input, context) => {
      const text = t.string.validate(input, context);
      if (isLeft(text)) return text;
      const { length } = text.right.trim();
      if (length === 0)
        return t.failure(input, context, `The ${fieldName} field cannot be an empty string.`);
      return length > max
        ? t.failure(
            input,
            context,
            `The length of the ${fieldName} is too long. The maximum length is ${max}.`
          )
        : text;
    },
    t.identity
  );

const statusCodec = t.union([t.literal('open'), t.literal('in-progress'), t.literal('closed')]);
const oneOrSeveral = <C extends t.Mixed>(codec: C) => t.union([t.array(codec), codec]);

export const newCaseCodec = t.strict({
  description: limitedText('description', 30_000),
  tags: t.array(t.string),
  title: limitedText('title', 160),
  connector: t.strict({
    id: t.string,
    name: t.string,
    type: t.literal('.none'),
    fields: t.null,
  }),
  settings: t.strict({ syncAlerts: t.boolean }),
  owner: t.string,
});
export type NewCase = t.TypeOf<typeof newCaseCodec>;

const numberFromText = new t.Type<number, unknown, unknown>(
  'NumberFromString',
  t.number.is,
  (input, context) => {
    const value = typeof input === 'string' && input.trim() !== '' ? Number(input) : input;
    return typeof value === 'number' && !Number.isNaN(value)
      ? t.success(value)
      : t.failure(input, context);
  },
  t.identity
);

export const casesSearchCodec = t.exact(
  t.partial({
    owner: oneOrSeveral(t.string),
    status: oneOrSeveral(statusCodec),
    search: t.string,
    searchFields: oneOrSeveral(t.keyof({ title: null, description: null })),
    defaultSearchOperator: t.union([t.literal('AND'), t.literal('OR')]),
    sortField: t.keyof({ createdAt: null, updatedAt: null, title: null }),
    sortOrder: t.union([t.literal('desc'), t.literal('asc')]),
    page: numberFromText,
    perPage: numberFromText,
  })
);
export const userActionsFindCodec = t.exact(
  t.partial({
    types: oneOrSeveral(t.keyof({ attachment: null, comment: null })),
    sortOrder: t.union([t.literal('desc'), t.literal('asc')]),
    page: numberFromText,
    perPage: numberFromText,
  })
);

export const byAlertCodec = t.exact(t.partial({ owner: oneOrSeveral(t.string) }));

const MOST_IDS = 1_000;
export const casesBulkGetCodec = t.strict({
  ids: t.refinement(t.array(t.string), ({ length }) => length > 0 && length <= MOST_IDS),
});

export const casesPatchCodec = t.strict({
  cases: t.array(t.strict({ id: t.string, version: t.string, status: statusCodec })),
});

const text = limitedText('comment', 30_000);
const comment = t.strict({ comment: text, type: t.literal('user'), owner: t.string });
const alert = t.strict({
  type: t.literal('alert'),
  alertId: oneOrSeveral(t.string),
  index: oneOrSeveral(t.string),
  rule: t.strict({ id: t.union([t.string, t.null]), name: t.union([t.string, t.null]) }),
  owner: t.string,
});
const metadata = t.union([t.null, t.record(t.string, t.unknown)]);

const externalReference = t.strict({
  externalReferenceAttachmentTypeId: t.string,
  externalReferenceMetadata: metadata,
  type: t.literal('externalReference'),
  owner: t.string,
  externalReferenceId: t.string,
  externalReferenceStorage: t.strict({ type: t.literal('elasticSearchDoc') }),
});
export const attachmentCodec = t.union([comment, alert, externalReference]);
export type Attachment = t.TypeOf<typeof attachmentCodec>;

/** What stands in place of external references from 9.5.1 on (`cases/common/types/domain/attachment/v2.ts@027ff21`). */
const unifiedCodec = t.intersection([
  t.strict({ type: t.string, attachmentId: oneOrSeveral(t.string), owner: t.string }),
  t.exact(t.partial({ metadata })),
]);
export type UnifiedAttachment = t.TypeOf<typeof unifiedCodec>;
export const laterAttachmentCodec = t.union([comment, alert, externalReference, unifiedCodec]);

/** With the messages of `securitysolution-io-ts-utils`. */
const problemOf = ({ context, value, message }: t.ValidationError): string => {
  if (message !== undefined) return message;
  const keys = context
    .map(({ key }) => key)
    .filter((key) => key !== '' && !/^\d+$/.test(key))
    .join(',');
  return `Invalid value "${typeof value === 'object' ? JSON.stringify(value) : value}" supplied to "${keys}"`;
};

/** Fields, at any depth, that the codec did not keep. */
function excess(input: unknown, kept: unknown): readonly string[] {
  if (typeof input !== 'object' || input === null || typeof kept !== 'object' || kept === null) {
    return [];
  }
  return Object.entries(input).flatMap(([key, value]) =>
    key in kept ? excess(value, (kept as Record<string, unknown>)[key]) : [key]
  );
}

/** The decoded value; throws Boom's 400 for what does not fit and for unknown fields. */
export function decodeWithExcessOrThrow<A>(codec: t.Type<A, unknown, unknown>, input: unknown): A {
  const decoded = codec.decode(input);
  if (isLeft(decoded)) {
    throw Boom.badRequest([...new Set(decoded.left.map(problemOf))].join(','));
  }
  const unknown = excess(input, decoded.right);
  if (unknown.length > 0) throw Boom.badRequest(`invalid keys "${unknown.join(',')}"`);
  return decoded.right;
}
