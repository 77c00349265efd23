import { type FC } from 'react';
import { EuiCallOut, EuiSpacer } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { useConnection } from '../host_status/use_connection';
import { listText } from '../../common/lib/list_text';

/** Warns before a second connector is made, and where several are already. */
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
                defaultMessage: 'There is a SentinelOne Response connector already: {names}',
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
                  'With more than one in a space, every isolation and release is refused. Edit that one instead.',
              })
            : i18n.translate('sentineloneResponse.connector.severalExistTodo', {
                defaultMessage:
                  'Every isolation and release is refused until one is left. Delete the others.',
              })}
        </p>
      </EuiCallOut>
      <EuiSpacer size="m" />
    </>
  );
};
