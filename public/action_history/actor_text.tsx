import { type FC } from 'react';
import { EuiText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { Actor } from '../../common/actions/record';

/**
 * Who acted; with an API key, also which: that is how rules and scripts are told apart from people. Anybody
 * can give a key any name, so the id stands beside it.
 */
export const ActorText: FC<{ readonly actor: Actor }> = ({
  actor: { username, apiKey, apiKeyId },
}) => (
  <div css={{ overflowWrap: 'anywhere' }}>
    {username}
    {apiKey === undefined ? null : (
      <EuiText size="xs" color="subdued">
        {i18n.translate('sentineloneResponse.history.apiKey', {
          defaultMessage: 'API key: {apiKey}{hasId, select, yes { (id {apiKeyId})} other {}}',
          values: { apiKey, apiKeyId, hasId: apiKeyId === undefined ? 'no' : 'yes' },
        })}
      </EuiText>
    )}
  </div>
);
