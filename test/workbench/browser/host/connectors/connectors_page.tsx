import {
  EuiBasicTable,
  EuiButton,
  EuiEmptyPrompt,
  EuiLink,
  EuiPageTemplate,
  type EuiBasicTableColumn,
} from '@elastic/eui';
import { useCallback, useEffect, useState, type FC } from 'react';
import type { ActionConnector } from '@kbn/triggers-actions-ui-plugin/public';
import { errorText } from './connectors_api';
import { useConnectors, useRights } from './context';
import { CreateConnectorFlyout } from './create_connector_flyout';
import { EditConnectorFlyout, type EditTab } from './edit_connector_flyout';

type Open =
  | { readonly what: 'nothing' }
  | { readonly what: 'new' }
  | { readonly what: 'one'; readonly connector: ActionConnector; readonly tab: EditTab };

const NOTHING: Open = { what: 'nothing' };

/** The space's connectors, and what the user may do with them. */
export const ConnectorsPage: FC = () => {
  const { api, core, registry } = useConnectors();
  const rights = useRights();
  const [connectors, setConnectors] = useState<readonly ActionConnector[]>();
  const [open, setOpen] = useState<Open>(NOTHING);
  const { notifications, overlays } = core;
  const load = useCallback(
    () =>
      api.list().then(setConnectors, (error: unknown) => {
        setConnectors([]);
        notifications.toasts.addDanger({
          title: 'Unable to load connectors',
          text: errorText(error),
        });
      }),
    [api, notifications]
  );
  useEffect(() => void (rights.show ? load() : setConnectors([])), [load, rights.show]);

  const remove = async ({ id, name }: ActionConnector) => {
    const isSure = await overlays.openConfirm("You can't recover deleted connectors.", {
      title: `Delete connector '${name}'?`,
      confirmButtonText: 'Delete connector',
      buttonColor: 'danger',
      'data-test-subj': 'deleteIdsConfirmation',
    });
    if (!isSure) return;
    await api.remove(id).catch((error: unknown) =>
      notifications.toasts.addDanger({
        title: 'Unable to delete connectors',
        text: errorText(error),
      })
    );
    await load();
  };

  const columns: Array<EuiBasicTableColumn<ActionConnector>> = [
    {
      field: 'name',
      name: 'Name',
      'data-test-subj': 'connectorsTableCell-name',
      render: (name: string, connector) =>
        registry.has(connector.actionTypeId) ? (
          <EuiLink
            title={name}
            onClick={() => setOpen({ what: 'one', connector, tab: 'configuration' })}
          >
            {name}
          </EuiLink>
        ) : (
          name
        ),
    },
    {
      field: 'actionTypeId',
      name: 'Type',
      'data-test-subj': 'connectorsTableCell-actionType',
      render: (id: string) => (registry.has(id) ? (registry.get(id).actionTypeTitle ?? id) : id),
    },
    {
      name: 'Actions',
      actions: [
        {
          name: 'Run',
          description: 'Run this connector',
          icon: 'play',
          type: 'icon',
          'data-test-subj': 'runConnector',
          enabled: ({ actionTypeId }) => rights.execute && registry.has(actionTypeId),
          onClick: (connector) => setOpen({ what: 'one', connector, tab: 'test' }),
        },
        {
          name: 'Delete',
          description: 'Delete this connector',
          icon: 'trash',
          color: 'danger',
          type: 'icon',
          'data-test-subj': 'deleteConnector',
          enabled: ({ isPreconfigured }) => rights.delete && !isPreconfigured,
          onClick: (connector) => void remove(connector),
        },
      ],
    },
  ];
  const create = rights.save ? (
    <EuiButton
      fill
      iconType="plusInCircle"
      data-test-subj="createActionButton"
      onClick={() => setOpen({ what: 'new' })}
    >
      Create connector
    </EuiButton>
  ) : null;

  return (
    <EuiPageTemplate restrictWidth>
      <EuiPageTemplate.Header
        pageTitle="Connectors"
        description="Connect third-party software with your alerting data."
        rightSideItems={create === null ? [] : [create]}
      />
      <EuiPageTemplate.Section>
        {!rights.show ? (
          <EuiEmptyPrompt
            iconType="securityApp"
            title={<h2>No permissions to see connectors</h2>}
            body={<p>Contact your system administrator.</p>}
            data-test-subj="permissionDeniedMessage"
          />
        ) : (
          <EuiBasicTable
            tableCaption="Connectors"
            items={[...(connectors ?? [])]}
            loading={connectors === undefined}
            columns={columns}
            rowProps={{ 'data-test-subj': 'connectors-row' }}
            noItemsMessage="No connectors yet"
            data-test-subj="actionsTable"
          />
        )}
      </EuiPageTemplate.Section>
      {open.what === 'new' ? (
        <CreateConnectorFlyout
          onClose={() => setOpen(NOTHING)}
          onCreated={(connector, thenTest) => {
            setOpen(thenTest ? { what: 'one', connector, tab: 'test' } : NOTHING);
            void load();
          }}
        />
      ) : null}
      {open.what === 'one' ? (
        <EditConnectorFlyout
          key={open.connector.id}
          connector={open.connector}
          initialTab={open.tab}
          onClose={() => setOpen(NOTHING)}
          onUpdated={() => {
            setOpen(NOTHING);
            void load();
          }}
        />
      ) : null}
    </EuiPageTemplate>
  );
};
