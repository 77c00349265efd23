import { type FC } from 'react';
import { EuiCallOut, EuiSpacer } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { useConnection } from '../hosts/use_connection';

/** Warns before a second connector is made. */
export const OtherConnectorsCallout: FC = () => {
  const connection = useConnection();
  if (connection === undefined || !('state' in connection) || connection.state === 'none') {
    return null;
  }
  const names =
    connection.state === 'one'
      ? connection.connector.name
      : connection.connectors.map(({ name }) => name).join(', ');
  return (
    <>
      <EuiCallOut
        size="s"
        color="warning"
        iconType="warning"
        title={i18n.translate('sentineloneResponse.connector.anotherExists', {
          defaultMessage: 'There is a SentinelOne Response connector already: {names}',
          values: { names },
        })}
      >
        <p>
          {i18n.translate('sentineloneResponse.connector.anotherExistsTodo', {
            defaultMessage:
              'With more than one in a space, every isolation and release is refused. Edit that one instead.',
          })}
        </p>
      </EuiCallOut>
      <EuiSpacer size="m" />
    </>
  );
};
