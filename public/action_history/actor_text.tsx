import { type FC } from 'react';
import { EuiText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { Actor } from '../../common/actions/actor';
import { SCHEDULED_AUTHENTICATION } from '../../common/actions/automatic_release';
import { nameInText } from '../components/shown_name';

/**
 * The user of an action. With an API key, which rules and scripts use, also the name and id of the key, because names
 * of keys are not unique. For an automatic release, the user who requested it.
 */
export const ActorText: FC<{ readonly actor: Actor }> = ({
  actor: { username, authentication, apiKey, apiKeyId },
}) => (
  <div css={{ overflowWrap: 'anywhere' }}>
    {authentication === SCHEDULED_AUTHENTICATION
      ? i18n.translate('sentineloneResponse.history.scheduledActor', {
          defaultMessage: 'Automatic release, requested by {user}',
          values: { user: nameInText(username) },
        })
      : username}
    {apiKey === undefined ? null : (
      <EuiText size="xs" color="subdued">
        {i18n.translate('sentineloneResponse.history.apiKey', {
          defaultMessage:
            '{hasId, select, yes {API key: {apiKey} (id {apiKeyId})} other {API key: {apiKey}}}',
          values: { apiKey, apiKeyId, hasId: apiKeyId === undefined ? 'no' : 'yes' },
        })}
      </EuiText>
    )}
  </div>
);
