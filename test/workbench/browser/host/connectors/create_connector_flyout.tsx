import {
  EuiButton,
  EuiButtonEmpty,
  EuiCallOut,
  EuiCard,
  EuiFlexGrid,
  EuiFlexGroup,
  EuiFlexItem,
  EuiFlyout,
  EuiFlyoutBody,
  EuiFlyoutFooter,
  EuiFlyoutHeader,
  EuiText,
  EuiTitle,
  useGeneratedHtmlId,
} from '@elastic/eui';
import { useEffect, useState, type FC } from 'react';
import type { ActionConnector, AnyActionTypeModel } from '@kbn/triggers-actions-ui-plugin/public';
import { ConnectorForm, useConnectorForm } from './connector_form';
import { errorText, type ConnectorTypeInfo } from './connectors_api';
import { useConnectors } from './context';
import { TypeIcon } from './type_icon';

interface CreateProps {
  readonly onClose: () => void;
  readonly onCreated: (connector: ActionConnector, thenTest: boolean) => void;
}

const TypeCards: FC<{ readonly onChoose: (model: AnyActionTypeModel) => void }> = ({
  onChoose,
}) => {
  const { api, registry } = useConnectors();
  const [types, setTypes] = useState<readonly ConnectorTypeInfo[]>([]);
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    api.types().then(setTypes, (error: unknown) => setProblem(errorText(error)));
  }, [api]);
  const offered = types.filter(
    ({ id }) => registry.has(id) && registry.get(id).actionConnectorFields !== null
  );
  if (problem !== undefined) {
    return (
      <EuiCallOut color="danger" title="Unable to load connector types">
        {problem}
      </EuiCallOut>
    );
  }
  return (
    <EuiFlexGrid columns={2}>
      {offered.map(({ id, name, enabled }) => {
        const model = registry.get(id);
        return (
          <EuiFlexItem key={id}>
            <EuiCard
              titleSize="xs"
              title={model.actionTypeTitle ?? name}
              description={model.selectMessage}
              icon={<TypeIcon model={model} size="xl" />}
              isDisabled={!enabled}
              data-test-subj={`${id}-card`}
              onClick={() => onChoose(model)}
            />
          </EuiFlexItem>
        );
      })}
    </EuiFlexGrid>
  );
};

const NewConnector: FC<CreateProps & { readonly model: AnyActionTypeModel; onBack(): void }> = ({
  model,
  onBack,
  onCreated,
  onClose,
}) => {
  const { api, core } = useConnectors();
  const state = useConnectorForm({});
  const save = async (thenTest: boolean) => {
    const created = await state.submit((values) => api.create(model.id, values));
    if (created === undefined) return;
    core.notifications.toasts.addSuccess(`Created '${created.name}'`);
    onCreated(created, thenTest);
  };
  return (
    <>
      <EuiFlyoutBody>
        <ConnectorForm state={state} model={model} isEdit={false} readOnly={false} />
      </EuiFlyoutBody>
      <EuiFlyoutFooter data-test-subj="create-connector-flyout-footer">
        <EuiFlexGroup justifyContent="spaceBetween" responsive={false}>
          <EuiFlexItem grow={false}>
            <EuiFlexGroup gutterSize="s" responsive={false}>
              <EuiButtonEmpty flush="left" onClick={onClose}>
                Close
              </EuiButtonEmpty>
              <EuiButtonEmpty onClick={onBack} data-test-subj="create-connector-flyout-back-btn">
                Back
              </EuiButtonEmpty>
            </EuiFlexGroup>
          </EuiFlexItem>
          <EuiFlexItem grow={false}>
            <EuiFlexGroup gutterSize="s" responsive={false}>
              <EuiButton
                isDisabled={!state.isValid}
                isLoading={state.isSaving}
                data-test-subj="create-connector-flyout-save-test-btn"
                onClick={() => void save(true)}
              >
                Save & test
              </EuiButton>
              <EuiButton
                fill
                isDisabled={!state.isValid}
                isLoading={state.isSaving}
                data-test-subj="create-connector-flyout-save-btn"
                onClick={() => void save(false)}
              >
                Save
              </EuiButton>
            </EuiFlexGroup>
          </EuiFlexItem>
        </EuiFlexGroup>
      </EuiFlyoutFooter>
    </>
  );
};

/** Makes a connector: first its type, then its form. */
export const CreateConnectorFlyout: FC<CreateProps> = (props) => {
  const [model, setModel] = useState<AnyActionTypeModel>();
  const titleId = useGeneratedHtmlId({ prefix: 'createConnector' });
  return (
    <EuiFlyout
      onClose={props.onClose}
      size="m"
      aria-labelledby={titleId}
      data-test-subj="create-connector-flyout"
    >
      <EuiFlyoutHeader hasBorder>
        <EuiTitle size="s">
          <h2 id={titleId}>
            {model === undefined
              ? 'Select a connector'
              : `${model.actionTypeTitle ?? model.id} connector`}
          </h2>
        </EuiTitle>
        {model === undefined ? null : (
          <EuiText size="s" color="subdued">
            <p>{model.selectMessage}</p>
          </EuiText>
        )}
      </EuiFlyoutHeader>
      {model === undefined ? (
        <EuiFlyoutBody>
          <TypeCards onChoose={setModel} />
        </EuiFlyoutBody>
      ) : (
        <NewConnector {...props} model={model} onBack={() => setModel(undefined)} />
      )}
    </EuiFlyout>
  );
};
