import { type FC } from 'react';
import { EuiCallOut, EuiSpacer } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { useConnection } from '../../host_status/use_connection';

/**
 * Shown where the connector comes from `kibana.yml` and so serves every space: the protection settings of all spaces
 * then apply in each of them.
 */
export const AllSpacesCallout: FC = () => {
  const connection = useConnection();
  const isShown =
    connection !== undefined &&
    'state' in connection &&
    connection.state === 'one' &&
    connection.connector.isPreconfigured === true;
  if (!isShown) return null;
  return (
    <>
      <EuiCallOut
        size="s"
        iconType="iInCircle"
        title={i18n.translate('sentineloneResponse.protection.allSpacesTitle', {
          defaultMessage: 'The settings of all spaces apply together',
        })}
      >
        <p>
          {i18n.translate('sentineloneResponse.protection.allSpaces', {
            defaultMessage:
              'The connector "{name}" is configured in kibana.yml and serves every space. A host that matches a pattern of any space is protected in all of them. The lowest limit of hosts per action applies, a comment is required if any space requires one, and the shortest of the longest allowed times until an automatic release applies. Spaces in which no settings were saved add nothing.',
            values: { name: connection.connector.name },
          })}
        </p>
      </EuiCallOut>
      <EuiSpacer size="m" />
    </>
  );
};
