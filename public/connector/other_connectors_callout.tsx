import { type FC } from 'react';
import { EuiCallOut, EuiSpacer } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { useConnection } from '../host_status/use_connection';
import { listText } from '../../common/lib/list_text';

/** Warns before the user creates a second connector, and when there are several. */
export const OtherConnectorsCallout: FC<{ readonly isEdit: boolean }> = ({ isEdit }) => {
  const connection = useConnection();
  if (connection === undefined || !('state' in connection) || connection.state === 'none') {
    return null;
  }
  if (isEdit && connection.state === 'one') return null;
  const names =
    connection.state === 'one'
      ? connection.connector.name
      : listText(connection.connectors.map(({ name }) => name));
  return (
    <>
      <EuiCallOut
        size="s"
        color="warning"
        iconType="warning"
        title={
          connection.state === 'one'
            ? i18n.translate('sentineloneResponse.connector.anotherExists', {
                defaultMessage: 'A SentinelOne Response connector already exists: {names}',
                values: { names },
              })
            : i18n.translate('sentineloneResponse.connector.severalExist', {
                defaultMessage: 'There are several SentinelOne Response connectors: {names}',
                values: { names },
              })
        }
      >
        <p>
          {connection.state === 'one'
            ? i18n.translate('sentineloneResponse.connector.anotherExistsTodo', {
                defaultMessage:
                  'With more than one connector in a space, all actions are refused. Edit the existing connector instead.',
              })
            : i18n.translate('sentineloneResponse.connector.severalExistTodo', {
                defaultMessage:
                  'All actions are refused until only one is left. Delete the others.',
              })}
        </p>
      </EuiCallOut>
      <EuiSpacer size="m" />
    </>
  );
};
