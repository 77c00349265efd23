/** Kibana 8.12.2; checked against `es-ui-shared-plugin/static/forms/hook_form_lib/{index,components/use_field,hooks/use_field,helpers}.js`. */
declare module '@kbn/es-ui-shared-plugin/static/forms/hook_form_lib' {
  import type { ReactElement, ReactNode } from 'react';

  export interface ValidationError {
    readonly message: string;
  }

  export interface FieldHook<Value = unknown> {
    readonly path: string;
    readonly label?: string;
    readonly value: Value;
    readonly errors: readonly ValidationError[];
    readonly isValidating: boolean;
    readonly isChangingValue: boolean;
    setValue(value: Value): void;
  }

  export interface FieldConfig<Value = unknown> {
    readonly label?: string;
    readonly defaultValue?: Value;
    /** What the form hands over in place of the field's value. */
    serializer?(value: Value): unknown;
    readonly validations?: ReadonlyArray<{
      validator(data: {
        readonly value: Value;
        readonly path: string;
      }): ValidationError | undefined;
    }>;
  }

  /** Real at runtime, inside of Kibana's form only: it finds the form in React's context. */
  export function UseField<Value>(props: {
    readonly path: string;
    readonly config?: FieldConfig<Value>;
    readonly children: (field: FieldHook<Value>) => ReactNode;
  }): ReactElement | null;

  /** Real at runtime. While the value is being changed nothing is called invalid. */
  export function getFieldValidityAndErrorMessage(field: {
    readonly isChangingValue: boolean;
    readonly errors: readonly ValidationError[];
  }): { readonly isInvalid: boolean; readonly errorMessage: string | null };
}
