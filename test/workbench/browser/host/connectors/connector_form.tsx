import {
  EuiCallOut,
  EuiFieldText,
  EuiFormRow,
  EuiLoadingSpinner,
  EuiSpacer,
  EuiTitle,
} from '@elastic/eui';
import { Suspense, useRef, useState, type FC, type ReactNode } from 'react';
import type { FieldConfig, FieldHook } from '@kbn/es-ui-shared-plugin/static/forms/hook_form_lib';
import type {
  ActionConnectorFieldsProps,
  AnyActionTypeModel,
} from '@kbn/triggers-actions-ui-plugin/public';
import { createForm, type Form } from '../forms/form';
import {
  FormProvider,
  getFieldValidityAndErrorMessage,
  UseField,
  useFormChanges,
} from '../forms/hook_form_lib';
import { errorText, type ConnectorValues } from './connectors_api';

type PreSubmitValidator = Parameters<ActionConnectorFieldsProps['registerPreSubmitValidator']>[0];

/** A connector's form and what happens when it is sent. */
interface ConnectorFormState {
  readonly form: Form;
  readonly isSaving: boolean;
  readonly isValid: boolean;
  readonly problem: ReactNode;
  readonly registerPreSubmitValidator: (validator: PreSubmitValidator) => void;
  /** Returns what `save` returned; undefined when the form is not valid or saving failed. */
  submit<A>(save: (values: ConnectorValues) => Promise<A>): Promise<A | undefined>;
}

export function useConnectorForm(defaults: object): ConnectorFormState {
  const [form] = useState(() => createForm(defaults));
  const [isSaving, setIsSaving] = useState(false);
  const [problem, setProblem] = useState<ReactNode>();
  const preSubmit = useRef<PreSubmitValidator>();
  useFormChanges(form);
  return {
    form,
    isSaving,
    isValid: form.isValid(),
    problem,
    registerPreSubmitValidator: (validator) => {
      preSubmit.current = validator;
    },
    async submit(save) {
      setProblem(undefined);
      if (!form.validate()) return undefined;
      setIsSaving(true);
      try {
        const refusal = await preSubmit.current?.();
        if (refusal !== undefined) {
          setProblem(refusal.message);
          return undefined;
        }
        const { name, config = {}, secrets = {} } = form.data() as Partial<ConnectorValues>;
        return await save({ name: name ?? '', config, secrets });
      } catch (error) {
        setProblem(errorText(error));
        return undefined;
      } finally {
        setIsSaving(false);
      }
    },
  };
}

const NAME: FieldConfig<string> = {
  label: 'Connector name',
  defaultValue: '',
  validations: [
    {
      validator: ({ value }) =>
        value.trim() === '' ? { message: 'Name is required.' } : undefined,
    },
  ],
};

const NameInput: FC<{ readonly field: FieldHook<string>; readonly readOnly: boolean }> = ({
  field,
  readOnly,
}) => {
  const { isInvalid, errorMessage } = getFieldValidityAndErrorMessage(field);
  return (
    <EuiFormRow fullWidth label={field.label} isInvalid={isInvalid} error={errorMessage}>
      <EuiFieldText
        fullWidth
        value={field.value}
        isInvalid={isInvalid}
        readOnly={readOnly}
        data-test-subj="nameInput"
        onChange={({ target }) => field.setValue(target.value)}
      />
    </EuiFormRow>
  );
};

/** The name, and below it the fields that the connector's type has registered. */
export const ConnectorForm: FC<{
  readonly state: ConnectorFormState;
  readonly model: AnyActionTypeModel;
  readonly isEdit: boolean;
  readonly readOnly: boolean;
}> = ({ state, model, isEdit, readOnly }) => {
  const { actionConnectorFields: Fields } = model;
  return (
    <FormProvider value={state.form}>
      <UseField path="name" config={NAME}>
        {(field: FieldHook<string>) => <NameInput field={field} readOnly={readOnly} />}
      </UseField>
      {Fields === null ? null : (
        <>
          <EuiSpacer size="m" />
          <EuiTitle size="xxs">
            <h3>Connector settings</h3>
          </EuiTitle>
          <EuiSpacer size="s" />
          <Suspense fallback={<EuiLoadingSpinner size="m" />}>
            <Fields
              readOnly={readOnly}
              isEdit={isEdit}
              registerPreSubmitValidator={state.registerPreSubmitValidator}
            />
          </Suspense>
        </>
      )}
      {state.problem === undefined ? null : (
        <>
          <EuiSpacer size="m" />
          <EuiCallOut size="s" color="danger" iconType="error" title={state.problem} role="alert" />
        </>
      )}
    </FormProvider>
  );
};
