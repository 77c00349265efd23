/** Kibana 8.12.2; checked against `config-schema/index.js`. On the server only: there is no copy of it in the browser. */
declare module '@kbn/config-schema' {
  export abstract class Type<V> {
    readonly type: V;
    validate(value: unknown, context?: Record<string, unknown>, namespace?: string): V;
  }

  export class ObjectType<V = Record<string, unknown>> extends Type<V> {}

  export type TypeOf<T extends Type<unknown>> = T['type'];

  type Props = Readonly<Record<string, Type<unknown>>>;
  type Fields<P extends Props> = { [Name in keyof P]: TypeOf<P[Name]> };

  interface Options<V> {
    readonly defaultValue?: V;
    readonly validate?: (value: V) => string | void;
  }

  export const schema: {
    any(): Type<unknown>;
    boolean(options?: Options<boolean>): Type<boolean>;
    string(
      options?: Options<string> & { readonly minLength?: number; readonly maxLength?: number }
    ): Type<string>;
    number(
      options?: Options<number> & { readonly min?: number; readonly max?: number }
    ): Type<number>;
    object<P extends Props>(
      props: P,
      options?: { readonly unknowns?: 'allow' | 'ignore' | 'forbid' }
    ): ObjectType<Fields<P>>;
    arrayOf<V>(
      items: Type<V>,
      options?: {
        readonly minSize?: number;
        readonly maxSize?: number;
        readonly defaultValue?: V[];
      }
    ): Type<V[]>;
    maybe<V>(type: Type<V>): Type<V | undefined>;
    nullable<V>(type: Type<V>): Type<V | null>;
    literal<V extends string | number | boolean | null>(value: V): Type<V>;
  };

  export class ValidationError extends Error {}

  export function isConfigSchema(value: unknown): boolean;
}
