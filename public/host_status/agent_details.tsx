import { type FC, type ReactNode } from 'react';
import { EuiDescriptionList, EuiLink, EuiPanel, EuiTextColor } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { Agent } from '../../common/hosts/agent';
import {
  HOST_PROPERTIES,
  PROPERTY_DEFINITIONS,
  type HostProperty,
} from '../../common/hosts/host_property';
import { listText } from '../../common/lib/text';
import { DateText } from '../components/date_text';
import { HostStatusBadge, LISTED_PROPERTY, propertyText, type ShownStatus } from './network_status';

/** What SentinelOne reports about an agent, as titles and values. One table for all pages. */

export interface AgentDetail {
  readonly title: string;
  readonly description: NonNullable<ReactNode>;
}

type State = Pick<Agent, 'isActive' | 'isDecommissioned' | 'isUninstalled'>;

/** Whether the agent is online, decommissioned or uninstalled: "Offline, decommissioned". */
function agentStateText({ isActive, isDecommissioned, isUninstalled }: State): string {
  const values = {
    connection:
      isActive === true
        ? i18n.translate('sentineloneResponse.agent.online', { defaultMessage: 'Online' })
        : isActive === false
          ? i18n.translate('sentineloneResponse.agent.offline', { defaultMessage: 'Offline' })
          : i18n.translate('sentineloneResponse.agent.stateNotReported', {
              defaultMessage: 'Not reported',
            }),
  };
  if (isDecommissioned) {
    return i18n.translate('sentineloneResponse.agent.decommissioned', {
      defaultMessage: '{connection}, decommissioned',
      values,
    });
  }
  if (isUninstalled) {
    return i18n.translate('sentineloneResponse.agent.uninstalled', {
      defaultMessage: '{connection}, uninstalled',
      values,
    });
  }
  return values.connection;
}

const notReported = (): string =>
  i18n.translate('sentineloneResponse.agent.notReported', { defaultMessage: 'Not reported' });

const activeThreats = (count: number | null): NonNullable<ReactNode> => {
  if (count === null) return notReported();
  if (count === 0) {
    return i18n.translate('sentineloneResponse.agent.noThreats', { defaultMessage: 'None' });
  }
  return <EuiTextColor color="danger">{count}</EuiTextColor>;
};

const ConsoleLink = ({ href }: { readonly href: string }): JSX.Element => (
  <EuiLink href={href} target="_blank" external>
    {i18n.translate('sentineloneResponse.agent.consoleLink', {
      defaultMessage: 'Search by name',
    })}
  </EuiLink>
);

interface Field {
  readonly title: () => string;
  /** Undefined when the field is not shown for this agent. */
  readonly value: (agent: Agent) => NonNullable<ReactNode> | undefined;
}

const FIELDS = {
  name: {
    title: () => i18n.translate('sentineloneResponse.agent.name', { defaultMessage: 'Name' }),
    value: ({ computerName }) => <strong>{computerName ?? notReported()}</strong>,
  },
  agentId: {
    title: () =>
      i18n.translate('sentineloneResponse.agent.agentId', { defaultMessage: 'Agent id' }),
    value: ({ id }) => id,
  },
  uuid: {
    title: () => i18n.translate('sentineloneResponse.agent.uuid', { defaultMessage: 'Agent UUID' }),
    value: ({ uuid }) => uuid ?? notReported(),
  },
  state: {
    title: () => i18n.translate('sentineloneResponse.agent.state', { defaultMessage: 'Agent' }),
    value: agentStateText,
  },
  lastSeen: {
    title: () =>
      i18n.translate('sentineloneResponse.agent.lastSeen', { defaultMessage: 'Last seen' }),
    value: ({ lastActiveDate }) => <DateText iso={lastActiveDate} />,
  },
  ipAddresses: {
    title: () =>
      i18n.translate('sentineloneResponse.agent.ipAddresses', { defaultMessage: 'IP addresses' }),
    value: ({ ipAddresses }) => listText(ipAddresses) || notReported(),
  },
  externalIp: {
    title: () =>
      i18n.translate('sentineloneResponse.agent.externalIp', {
        defaultMessage: 'External IP',
      }),
    value: ({ externalIp }) => externalIp ?? undefined,
  },
  user: {
    title: () =>
      i18n.translate('sentineloneResponse.agent.user', { defaultMessage: 'Logged-in user' }),
    value: ({ lastLoggedInUserName }) => lastLoggedInUserName ?? notReported(),
  },
  activeThreats: {
    title: () =>
      i18n.translate('sentineloneResponse.agent.activeThreats', {
        defaultMessage: 'Active threats',
      }),
    value: (agent) => activeThreats(agent.activeThreats),
  },
  machineType: {
    title: () =>
      i18n.translate('sentineloneResponse.agent.machineType', { defaultMessage: 'Machine type' }),
    value: ({ machineType }) => machineType ?? notReported(),
  },
  domain: {
    title: () => i18n.translate('sentineloneResponse.agent.domain', { defaultMessage: 'Domain' }),
    value: ({ domain }) => domain ?? notReported(),
  },
  os: {
    title: () =>
      i18n.translate('sentineloneResponse.agent.os', { defaultMessage: 'Operating system' }),
    value: ({ osName }) => osName ?? notReported(),
  },
  version: {
    title: () =>
      i18n.translate('sentineloneResponse.agent.version', { defaultMessage: 'Agent version' }),
    value: ({ agentVersion }) => agentVersion ?? notReported(),
  },
  site: {
    title: () => i18n.translate('sentineloneResponse.agent.site', { defaultMessage: 'Site' }),
    value: ({ siteName }) => siteName ?? notReported(),
  },
  group: {
    title: () => i18n.translate('sentineloneResponse.agent.group', { defaultMessage: 'Group' }),
    value: ({ groupName }) => groupName ?? notReported(),
  },
  console: {
    title: () =>
      i18n.translate('sentineloneResponse.agent.console', {
        defaultMessage: 'SentinelOne console',
      }),
    value: ({ consoleUrl }) =>
      consoleUrl === undefined ? undefined : <ConsoleLink href={consoleUrl} />,
  },
} satisfies Readonly<Record<string, Field>>;
export type AgentField = keyof typeof FIELDS;

/** The details of one host, complete. */
export const ALL_FIELDS: readonly AgentField[] = [
  'state',
  'lastSeen',
  'ipAddresses',
  'externalIp',
  'user',
  'activeThreats',
  'machineType',
  'os',
  'domain',
  'site',
  'group',
  'version',
  'agentId',
  'uuid',
  'console',
];

/** What a user checks before an action. */
const DECISION_FIELDS: readonly AgentField[] = [
  'state',
  'lastSeen',
  'ipAddresses',
  'user',
  'activeThreats',
  'machineType',
  'os',
  'domain',
  'site',
  'agentId',
];

/** What distinguishes agents that share a name or a UUID. */
export const DISTINGUISHING_FIELDS: readonly AgentField[] = [
  'agentId',
  'uuid',
  'state',
  'lastSeen',
  'ipAddresses',
  'user',
  'machineType',
  'os',
  'site',
  'group',
];

/** These fields of the agent, in this order. */
export const agentDetails = (agent: Agent, fields: readonly AgentField[]): AgentDetail[] =>
  fields.flatMap((name) => {
    const { title, value }: Field = FIELDS[name];
    const description = value(agent);
    return description === undefined ? [] : [{ title: title(), description }];
  });

/** The agent's network status as one of its details. */
export const networkStatusFact = (description: NonNullable<ReactNode>): AgentDetail => ({
  title: propertyText(LISTED_PROPERTY),
  description,
});

/**
 * The further properties that actions change, as details of the agent: each with its status and, where SentinelOne
 * reports it, the time. Without those that SentinelOne does not report. `shownOn` is the status to show of a property.
 */
export const propertyDetails = (
  agent: Agent,
  shownOn: (property: HostProperty) => ShownStatus | undefined
): AgentDetail[] =>
  HOST_PROPERTIES.filter((property) => property !== LISTED_PROPERTY).flatMap((property) => {
    const { labelOf, notReported: hidden, timeOf } = PROPERTY_DEFINITIONS[property];
    const reported = labelOf(agent);
    const shown = shownOn(property) ?? reported;
    if (shown === hidden) return [];
    const time = shown === reported ? (timeOf[reported]?.(agent) ?? null) : null;
    const description = (
      <>
        <HostStatusBadge status={shown} isTitled />
        {time === null ? null : (
          <>
            {' '}
            <DateText iso={time} />
          </>
        )}
      </>
    );
    return [{ title: propertyText(property), description }];
  });

/** The agent's name, followed by its network status. */
export const nameAndStatusDetails = (
  agent: Agent,
  status: NonNullable<ReactNode>,
  /** The name as a link. */
  link?: NonNullable<ReactNode>
): AgentDetail[] => [
  ...agentDetails(agent, ['name']).map((fact) =>
    link === undefined ? fact : { ...fact, description: link }
  ),
  networkStatusFact(status),
];

/** The agent in a row of a table: id, state, last seen unless it is online, site. */
export const AgentSummary: FC<{ readonly agent: Agent }> = ({ agent }) => (
  <>
    <div>
      {i18n.translate('sentineloneResponse.agentSummary.id', {
        defaultMessage: 'Agent id {id}',
        values: { id: agent.id },
      })}
    </div>
    <div>
      {agentStateText(agent)}
      {agent.isActive === true ? null : (
        <>
          {' · '}
          {i18n.translate('sentineloneResponse.agentSummary.lastSeen', {
            defaultMessage: 'last seen',
          })}{' '}
          <DateText iso={agent.lastActiveDate} />
        </>
      )}
      {agent.siteName === null ? null : (
        <>
          {' · '}
          {agent.siteName}
        </>
      )}
    </div>
  </>
);

/** The details of the agent that a user checks before an action. */
export const HostIdentity: FC<{
  readonly agent: Agent;
  /** The status of a property to show, if it differs from SentinelOne's. */
  readonly shownOn: (property: HostProperty) => ShownStatus | undefined;
}> = ({ agent, shownOn }) => (
  <EuiPanel hasBorder hasShadow={false} paddingSize="m">
    <EuiDescriptionList
      type="column"
      compressed
      columnWidths={[1, 2]}
      css={{ overflowWrap: 'anywhere' }}
      listItems={[
        ...nameAndStatusDetails(
          agent,
          <HostStatusBadge
            status={
              shownOn(LISTED_PROPERTY) ?? PROPERTY_DEFINITIONS[LISTED_PROPERTY].labelOf(agent)
            }
          />
        ),
        ...propertyDetails(agent, shownOn),
        ...agentDetails(agent, DECISION_FIELDS),
      ]}
    />
  </EuiPanel>
);
