import {
  EuiButton,
  EuiButtonEmpty,
  EuiCallOut,
  EuiFlexGroup,
  EuiFlexItem,
  EuiFlyout,
  EuiFlyoutBody,
  EuiFlyoutFooter,
  EuiFlyoutHeader,
  EuiSpacer,
  EuiTab,
  EuiTabs,
  EuiTitle,
  useGeneratedHtmlId,
} from '@elastic/eui';
import { useState, type FC } from 'react';
import type { ActionConnector } from '@kbn/triggers-actions-ui-plugin/public';
import { ConnectorForm, useConnectorForm } from './connector_form';
import { useConnectors, useRights } from './context';
import { TestConnector } from './test_connector';

export type EditTab = 'configuration' | 'test';

interface EditProps {
  readonly connector: ActionConnector;
  readonly initialTab: EditTab;
  readonly onClose: () => void;
  readonly onUpdated: (connector: ActionConnector) => void;
}

const TABS = [
  { id: 'configuration', label: 'Configuration', subject: 'configureConnectorTab' },
  { id: 'test', label: 'Test', subject: 'testConnectorTab' },
] as const;

/** One connector: its form, and a test of it. */
export const EditConnectorFlyout: FC<EditProps> = ({
  connector,
  initialTab,
  onClose,
  onUpdated,
}) => {
  const { api, core, registry } = useConnectors();
  const { save: maySave } = useRights();
  const [tab, setTab] = useState<EditTab>(initialTab);
  const titleId = useGeneratedHtmlId({ prefix: 'editConnector' });
  const { name, config, isPreconfigured } = connector;
  const state = useConnectorForm({ name, config, secrets: {} });
  const model = registry.get(connector.actionTypeId);
  const readOnly = !maySave || isPreconfigured;
  const save = async () => {
    const updated = await state.submit((values) => api.update(connector.id, values));
    if (updated === undefined) return;
    core.notifications.toasts.addSuccess(`Updated '${updated.name}'`);
    onUpdated(updated);
  };
  return (
    <EuiFlyout
      onClose={onClose}
      size="m"
      aria-labelledby={titleId}
      data-test-subj="edit-connector-flyout"
    >
      <EuiFlyoutHeader hasBorder data-test-subj="edit-connector-flyout-header">
        <EuiTitle size="s">
          <h3 id={titleId}>{readOnly ? name : 'Edit connector'}</h3>
        </EuiTitle>
        <EuiSpacer size="s" />
        <EuiTabs bottomBorder={false} size="s">
          {TABS.map(({ id, label, subject }) => (
            <EuiTab
              key={id}
              isSelected={tab === id}
              data-test-subj={subject}
              onClick={() => setTab(id)}
            >
              {label}
            </EuiTab>
          ))}
        </EuiTabs>
      </EuiFlyoutHeader>
      <EuiFlyoutBody>
        {tab === 'test' ? (
          <TestConnector connector={connector} model={model} />
        ) : (
          <>
            {readOnly ? (
              <>
                <EuiCallOut size="s" title="This connector is readonly." />
                <EuiSpacer size="m" />
              </>
            ) : null}
            <ConnectorForm state={state} model={model} isEdit readOnly={readOnly} />
          </>
        )}
      </EuiFlyoutBody>
      <EuiFlyoutFooter data-test-subj="edit-connector-flyout-footer">
        <EuiFlexGroup justifyContent="spaceBetween" responsive={false}>
          <EuiFlexItem grow={false}>
            <EuiButtonEmpty
              flush="left"
              onClick={onClose}
              data-test-subj="edit-connector-flyout-close-btn"
            >
              Close
            </EuiButtonEmpty>
          </EuiFlexItem>
          {readOnly || tab === 'test' ? null : (
            <EuiFlexItem grow={false}>
              <EuiButton
                fill
                isDisabled={!state.isValid}
                isLoading={state.isSaving}
                data-test-subj="edit-connector-flyout-save-btn"
                onClick={() => void save()}
              >
                Save
              </EuiButton>
            </EuiFlexItem>
          )}
        </EuiFlexGroup>
      </EuiFlyoutFooter>
    </EuiFlyout>
  );
};
