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
import { ACTION_DEFINITIONS, canChangeWithoutStatus } from '../../common/actions/catalogue';
import { ACTIONS, type ActionName } from '../../common/actions/action_name';
import type { HostSubject } from '../host_status/host_subject';
import { ShownName } from '../components/shown_name';

/**
 * Actions on a host whose status is not known: the connector looks the agent up before it sends a command, and refuses
 * the host if it has another name in SentinelOne.
 */

/**
 * Whether the action is possible without the status: the alert contains enough about the host, which is its name and the
 * UUID or id of its agent, and the property that the action changes allows it.
 */
export const canActWithoutStatus = (
  action: ActionName,
  { uuid, agentId, name, isChosen }: HostSubject
): boolean =>
  canChangeWithoutStatus(action) &&
  name !== undefined &&
  (uuid !== undefined || agentId !== undefined) &&
  isChosen !== true;

/** The actions that the user may take; none if the alert does not contain enough about the host. */
export const actionsWithoutStatus = (
  subject: HostSubject,
  may: Readonly<Record<ActionName, boolean>>
): readonly ActionName[] =>
  ACTIONS.filter((action) => may[action] && canActWithoutStatus(action, subject));

/** A button for each of these actions. */
export function offersWithoutStatus(
  subject: HostSubject,
  may: Readonly<Record<ActionName, boolean>>,
  onChoose: (action: ActionName) => void
): readonly JSX.Element[] {
  return actionsWithoutStatus(subject, may).map((action) => (
    <EuiButton key={action} size="s" color="warning" onClick={() => onChoose(action)}>
      {ACTION_DEFINITIONS[action].texts.withoutStatus()}
    </EuiButton>
  ));
}

/** Continues in an open step without the status. */
export const ContinueButton: FC<{ readonly onClick: () => void }> = ({ onClick }) => (
  <EuiButton size="s" color="warning" onClick={onClick}>
    {i18n.translate('sentineloneResponse.withoutStatus.goOn', {
      defaultMessage: 'Continue without its status',
    })}
  </EuiButton>
);

/** Explains that the user can act without the status. */
export const withoutStatusAdvice = (): string =>
  i18n.translate('sentineloneResponse.withoutStatus.advice', {
    defaultMessage:
      'You can act without the network status. Before the command is sent, the host is looked up with a longer timeout.',
  });

/** The host as the alert identifies it, and what this means for the action. */
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
              'These values are from the alert. The host is looked up before the command is sent. It is refused if it is protected or has another name in SentinelOne.',
          })}
        </p>
      </EuiText>
    </EuiCallOut>
  </>
);
