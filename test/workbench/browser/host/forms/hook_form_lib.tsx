import {
  createContext,
  useContext,
  useEffect,
  useLayoutEffect,
  useReducer,
  useRef,
  type ReactElement,
  type ReactNode,
} from 'react';
import type { FieldConfig, FieldHook } from '@kbn/es-ui-shared-plugin/static/forms/hook_form_lib';
import type { Form } from './form';

/** What `@kbn/es-ui-shared-plugin/static/forms/hook_form_lib` gives to a connector's fields. */

const FormContext = createContext<Form | undefined>(undefined);

export const FormProvider = FormContext.Provider;

/** Throws outside of a form, as in Kibana. */
function useFormContext(): Form {
  const form = useContext(FormContext);
  if (form === undefined) {
    throw new Error('useFormContext must be used within a <FormProvider />');
  }
  return form;
}

/** Renders again whenever the form changes. */
export function useFormChanges(form: Form): void {
  const [, render] = useReducer((count: number) => count + 1, 0);
  useEffect(() => form.subscribe(render), [form]);
}

export function UseField<Value>({
  path,
  config = {},
  children,
}: {
  readonly path: string;
  readonly config?: FieldConfig<Value>;
  readonly children: (field: FieldHook<Value>) => ReactNode;
}): ReactElement | null {
  const form = useFormContext();
  useFormChanges(form);
  // Fields are declared anew with every render; the first declaration counts, as in Kibana.
  const first = useRef(config as FieldConfig<unknown>).current;
  const [, render] = useReducer((count: number) => count + 1, 0);
  useLayoutEffect(() => {
    const unmount = form.mount(path, first);
    render();
    return unmount;
  }, [form, path, first]);

  const state = form.field(path);
  if (state === undefined) return null;
  const field: FieldHook<Value> = {
    path,
    label: config.label,
    value: state.value as Value,
    errors: state.errors,
    isValidating: false,
    isChangingValue: state.isChangingValue,
    setValue: (value) => form.setValue(path, value),
  };
  return <>{children(field)}</>;
}

/** While the value is being changed nothing is called invalid. */
export function getFieldValidityAndErrorMessage({
  isChangingValue,
  errors,
}: {
  readonly isChangingValue: boolean;
  readonly errors: FieldHook['errors'];
}): { readonly isInvalid: boolean; readonly errorMessage: string | null } {
  const isInvalid = !isChangingValue && errors.length > 0;
  return { isInvalid, errorMessage: isInvalid ? errors[0]!.message : null };
}
