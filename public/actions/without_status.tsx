import { type FC } from 'react';
import {
  EuiButton,
  EuiCallOut,
  EuiDescriptionList,
  EuiPanel,
  EuiSpacer,
  EuiText,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import { ACTIONS, type ActionName } from '../../common/actions/action_name';
import type { HostSubject } from '../host_status/host_subject';
import { ShownName } from '../components/shown_name';

/**
 * Acting on a host whose status SentinelOne has not given: the connector looks the agent up before it sends anything,
 * and refuses the host when SentinelOne has another name for it.
 */

/** Whether the alert says enough of the host: its name, and the UUID or id of its agent. */
export const canActWithoutStatus = ({ uuid, agentId, name, isChosen }: HostSubject): boolean =>
  name !== undefined && (uuid !== undefined || agentId !== undefined) && isChosen !== true;

/** A button for each action that the user may take without the host's status; none where the alert says too little. */
export function offersWithoutStatus(
  subject: HostSubject,
  may: Readonly<Record<ActionName, boolean>>,
  onChoose: (action: ActionName) => void
): readonly JSX.Element[] {
  if (!canActWithoutStatus(subject)) return [];
  return ACTIONS.filter((action) => may[action]).map((action) => (
    <EuiButton key={action} size="s" color="warning" onClick={() => onChoose(action)}>
      {ACTION_DEFINITIONS[action].texts.withoutStatus()}
    </EuiButton>
  ));
}

/** Goes on in a step that is open already. */
export const GoOnButton: FC<{ readonly onClick: () => void }> = ({ onClick }) => (
  <EuiButton size="s" color="warning" onClick={onClick}>
    {i18n.translate('sentineloneResponse.withoutStatus.goOn', {
      defaultMessage: 'Continue without its status',
    })}
  </EuiButton>
);

/** What the user should know when a status is not given, and can act all the same. */
export const withoutStatusAdvice = (): string =>
  i18n.translate('sentineloneResponse.withoutStatus.advice', {
    defaultMessage:
      'You can act without the network status. The host is looked up before anything is sent, for which SentinelOne has more time.',
  });

/** In place of what SentinelOne says of the host: what the alert says, and what that means for the action. */
export const HostWithoutStatus: FC<{ readonly subject: HostSubject }> = ({
  subject: { name = '', uuid, agentId },
}) => (
  <>
    <EuiPanel hasBorder hasShadow={false} paddingSize="m">
      <EuiDescriptionList
        type="column"
        compressed
        columnWidths={[1, 2]}
        css={{ overflowWrap: 'anywhere' }}
        listItems={[
          {
            title: i18n.translate('sentineloneResponse.host.name', { defaultMessage: 'Name' }),
            description: <ShownName name={name} />,
          },
          ...(agentId === undefined
            ? []
            : [
                {
                  title: i18n.translate('sentineloneResponse.host.agentId', {
                    defaultMessage: 'Agent id',
                  }),
                  description: agentId,
                },
              ]),
          ...(uuid === undefined
            ? []
            : [
                {
                  title: i18n.translate('sentineloneResponse.host.uuid', {
                    defaultMessage: 'Agent UUID',
                  }),
                  description: uuid,
                },
              ]),
        ]}
      />
    </EuiPanel>
    <EuiSpacer size="s" />
    <EuiCallOut
      size="s"
      color="warning"
      iconType="warning"
      data-test-subj="sentineloneResponseWithoutStatus"
      title={i18n.translate('sentineloneResponse.withoutStatus.title', {
        defaultMessage: 'The network status of this host is not known',
      })}
    >
      <EuiText size="s">
        <p>
          {i18n.translate('sentineloneResponse.withoutStatus.text', {
            defaultMessage:
              'This is what the alert says of the host. It is looked up before anything is sent, and refused if SentinelOne has another name for it or it is protected.',
          })}
        </p>
      </EuiText>
    </EuiCallOut>
  </>
);
