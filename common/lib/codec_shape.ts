import type * as t from 'io-ts';

/**
 * What a custom codec accepts, as data. io-ts provides this for its own codecs only. The API's description is
 * generated from it.
 */
export type CodecShape =
  | {
      readonly kind: 'object';
      readonly required: Readonly<Record<string, t.Mixed>>;
      readonly optional: Readonly<Record<string, t.Mixed>>;
      /** At least one of these fields is required. */
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

/** Registers what `codec` accepts. Returns the codec. */
export function withShape<C extends t.Mixed>(codec: C, shape: CodecShape): C {
  shapes.set(codec, shape);
  return codec;
}

/** What was registered for `codec`; undefined for io-ts' own codecs. */
export const shapeOf = (codec: t.Mixed): CodecShape | undefined => shapes.get(codec);
