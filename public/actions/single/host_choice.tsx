import { type FC } from 'react';
import {
  EuiCallOut,
  EuiFormFieldset,
  EuiPanel,
  EuiRadioGroup,
  EuiSpacer,
  EuiText,
  useGeneratedHtmlId,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { foundAgent } from '../../../common/hosts/agent';
import { listText } from '../../../common/lib/list_text';
import { shortReason } from '../../../common/actions/reason_text';
import { nameInText, ShownName } from '../../components/shown_name';
import { HostStatusBadge } from '../../host_status/network_status';
import { StatusProblem } from '../../host_status/status_problem';
import { namelessHost } from '../texts';
import { namesOf } from '../../../common/hosts/host_identity';
import { chooseHostFirst, type HostChoice, type HostOption } from './use_host_choice';

/** The ids by which the alert identifies the agent. */
const identifiedBy = ({ subject: { uuid, agentId } }: HostOption): string =>
  [
    ...(uuid === undefined
      ? []
      : [
          i18n.translate('sentineloneResponse.choice.uuid', {
            defaultMessage: 'UUID {uuid}',
            values: { uuid },
          }),
        ]),
    ...(agentId === undefined
      ? []
      : [
          i18n.translate('sentineloneResponse.choice.agentId', {
            defaultMessage: 'Agent id {agentId}',
            values: { agentId },
          }),
        ]),
  ].join(' · ');

/** The host's name in SentinelOne; while it is loading, the name in the alert if there is only one. */
function nameOf({ subject, status }: HostOption): string | undefined {
  const agent = foundAgent(status);
  if (agent !== undefined) return agent.computerName ?? namelessHost();
  const names = namesOf(subject);
  return names.length === 1 ? names[0] : undefined;
}

const Option: FC<{ readonly option: HostOption }> = ({ option }) => {
  const name = nameOf(option);
  const { status, shown } = option;
  return (
    <span css={{ overflowWrap: 'anywhere' }}>
      {name === undefined ? null : (
        <strong>
          <ShownName name={name} />{' '}
        </strong>
      )}
      {shown === undefined ? null : <HostStatusBadge status={shown} />}
      <EuiText size="xs" color="subdued">
        <div>{identifiedBy(option)}</div>
        {status?.state === 'unknown' ? <div>{shortReason('not_found')}</div> : null}
      </EuiText>
    </span>
  );
};

/** The hosts of an alert with several hosts, from which the user chooses one. */
export const HostChoicePanel: FC<{ readonly choice: HostChoice }> = ({
  choice: { options, chosen, otherNames, live, choose },
}) => {
  // A page can contain this panel twice: in Discover's tab and in the flyout that it opens.
  const prefix = useGeneratedHtmlId({ prefix: 'sentineloneResponseHost' });
  const idOf = ({ key }: HostOption): string => `${prefix}-${key}`;
  return (
    <EuiPanel
      hasBorder
      hasShadow={false}
      paddingSize="m"
      data-test-subj="sentineloneResponseChoice"
    >
      <EuiFormFieldset
        legend={{
          children: i18n.translate('sentineloneResponse.choice.title', {
            defaultMessage: 'Hosts of this alert',
          }),
        }}
      >
        {chosen === undefined ? (
          <>
            <EuiCallOut size="s" color="warning" iconType="warning" title={chooseHostFirst()} />
            <EuiSpacer size="s" />
          </>
        ) : null}
        <StatusProblem source={live} />
        <EuiRadioGroup
          name={prefix}
          idSelected={chosen === undefined ? undefined : idOf(chosen)}
          onChange={(id) => choose(id.slice(prefix.length + 1))}
          options={options.map((option) => ({
            id: idOf(option),
            label: <Option option={option} />,
          }))}
        />
        {otherNames.length === 0 ? null : (
          <>
            <EuiSpacer size="s" />
            <EuiText size="s" color="subdued">
              <p>
                {i18n.translate('sentineloneResponse.choice.otherNames', {
                  defaultMessage:
                    'The alert also contains the {count, plural, one {name} other {names}} {names}. None of these agents has {count, plural, one {this name} other {these names}}.',
                  values: {
                    count: otherNames.length,
                    names: listText(otherNames.map(nameInText)),
                  },
                })}
              </p>
            </EuiText>
          </>
        )}
      </EuiFormFieldset>
    </EuiPanel>
  );
};
