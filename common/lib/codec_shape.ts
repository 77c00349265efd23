import type * as t from 'io-ts';

/**
 * What a codec of ours accepts, in a form that can be read: io-ts tells that of its own codecs, and of
 * ours nobody could tell otherwise. Descriptions of the API are made from it.
 */
export type CodecShape =
  | {
      readonly kind: 'object';
      readonly required: Readonly<Record<string, t.Mixed>>;
      readonly optional: Readonly<Record<string, t.Mixed>>;
      /** At least one of these fields must be there. */
      readonly oneOfFields?: readonly string[];
    }
  | {
      readonly kind: 'list';
      readonly item: t.Mixed;
      readonly min: number;
      readonly max: number;
    }
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'whole_number'; readonly min: number; readonly max: number }
  | ({ readonly kind: 'text' } & TextShape);

export interface TextShape {
  /** A regular expression, without slashes. */
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  /** `date-time`, `uuid`, … */
  readonly format?: string;
}

const shapes = new WeakMap<object, CodecShape>();

/** Says what `codec` accepts. Returns the codec. */
export function withShape<C extends t.Mixed>(codec: C, shape: CodecShape): C {
  shapes.set(codec, shape);
  return codec;
}

/** What was said of `codec`; undefined for one of io-ts' own. */
export const shapeOf = (codec: t.Mixed): CodecShape | undefined => shapes.get(codec);
