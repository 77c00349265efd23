import { useEffect, useState, type FC } from 'react';
import {
  EuiFieldSearch,
  EuiFilterButton,
  EuiFilterGroup,
  EuiFlexGroup,
  EuiFlexItem,
  EuiSelect,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { ISOLATED_STATES } from '../../../common/api/hosts';
import {
  HOST_NETWORK_STATES,
  HOST_SEARCH_KINDS,
  type HostNetworkState,
  type HostSearchKind,
} from '../../../common/hosts/host_search';
import { LIMITS } from '../../../common/lib/constants';
import type { HostsState } from '../../lib/hosts_state';

interface FiltersProps {
  readonly state: HostsState;
  readonly onChange: (change: Partial<HostsState>) => void;
}

const any = (): string =>
  i18n.translate('sentineloneResponse.hosts.any', { defaultMessage: 'Any' });

const STATUS: Readonly<Record<HostNetworkState, () => string>> = {
  connected: () =>
    i18n.translate('sentineloneResponse.hosts.status.connected', { defaultMessage: 'Connected' }),
  isolating: () =>
    i18n.translate('sentineloneResponse.hosts.status.isolating', { defaultMessage: 'Isolating' }),
  isolated: () =>
    i18n.translate('sentineloneResponse.hosts.status.isolated', { defaultMessage: 'Isolated' }),
  releasing: () =>
    i18n.translate('sentineloneResponse.hosts.status.releasing', { defaultMessage: 'Releasing' }),
};

const KIND: Readonly<Record<HostSearchKind, () => string>> = {
  name: () => i18n.translate('sentineloneResponse.hosts.kind.name', { defaultMessage: 'Name' }),
  ip: () => i18n.translate('sentineloneResponse.hosts.kind.ip', { defaultMessage: 'IP address' }),
  user: () =>
    i18n.translate('sentineloneResponse.hosts.kind.user', { defaultMessage: 'Logged-in user' }),
  uuid: () => i18n.translate('sentineloneResponse.hosts.kind.uuid', { defaultMessage: 'UUID' }),
  agentId: () =>
    i18n.translate('sentineloneResponse.hosts.kind.agentId', { defaultMessage: 'Agent id' }),
};

/** The labels of the kinds of search. */
export const kindText = (kind: HostSearchKind): string => KIND[kind]();

/** A text field that takes effect when Enter is pressed or when it is cleared. */
const SearchField: FC<FiltersProps & { readonly label: string; readonly isInvalid?: boolean }> = ({
  state: { search = '' },
  label,
  isInvalid = false,
  onChange,
}) => {
  const [text, setText] = useState(search);
  useEffect(() => setText(search), [search]);
  return (
    <EuiFieldSearch
      fullWidth
      compressed
      value={text}
      isInvalid={isInvalid}
      maxLength={LIMITS.searchText}
      placeholder={label}
      aria-label={label}
      onChange={({ target }) => setText(target.value)}
      onSearch={(value) => onChange({ search: value.trim() === '' ? undefined : value.trim() })}
    />
  );
};

/** A choice of one value, or any. */
function Choice<Value extends string>({
  label,
  values,
  textOf,
  selected,
  anyText = any(),
  onChange,
}: {
  readonly label: string;
  readonly values: readonly Value[];
  readonly textOf: (value: Value) => string;
  readonly selected: Value | undefined;
  readonly anyText?: string;
  readonly onChange: (value: Value | undefined) => void;
}): JSX.Element {
  return (
    <EuiSelect
      compressed
      fullWidth
      prepend={label}
      aria-label={label}
      value={selected ?? ''}
      options={[
        { value: '', text: anyText },
        ...values.map((value) => ({ value, text: textOf(value) })),
      ]}
      onChange={({ target }) => onChange(values.find((value) => value === target.value))}
    />
  );
}

const statusLabel = (): string =>
  i18n.translate('sentineloneResponse.hosts.statusFilter', { defaultMessage: 'Status' });

/** The search and filters of the isolated hosts. Every change leads to the first page. */
export const IsolatedFilters: FC<FiltersProps & { readonly sites: readonly string[] }> = ({
  state,
  sites,
  onChange,
}) => {
  const { status, site, isIsolatedByMe, isLong } = state;
  const change = (next: Partial<HostsState>) => onChange({ ...next, page: 1 });
  return (
    <EuiFlexGroup gutterSize="s" wrap alignItems="center">
      <EuiFlexItem grow css={{ minWidth: 200 }}>
        <SearchField
          state={state}
          label={i18n.translate('sentineloneResponse.hosts.searchIsolated', {
            defaultMessage: 'Search host, site, user, IP address, comment or id',
          })}
          onChange={change}
        />
      </EuiFlexItem>
      <EuiFlexItem grow={false} css={{ minWidth: 170 }}>
        <Choice
          label={statusLabel()}
          values={ISOLATED_STATES}
          textOf={(value) => STATUS[value]()}
          selected={ISOLATED_STATES.find((one) => one === status)}
          onChange={(value) => change({ status: value })}
        />
      </EuiFlexItem>
      <EuiFlexItem grow={false} css={{ minWidth: 170 }}>
        <Choice
          label={i18n.translate('sentineloneResponse.hosts.siteFilter', { defaultMessage: 'Site' })}
          // A link can contain a site that no longer has an isolated host.
          values={site === undefined || sites.includes(site) ? sites : [site, ...sites]}
          textOf={(value) => value}
          selected={site}
          onChange={(value) => change({ site: value })}
        />
      </EuiFlexItem>
      <EuiFlexItem grow={false}>
        <EuiFilterGroup compressed>
          <EuiFilterButton
            hasActiveFilters={isIsolatedByMe === true}
            aria-pressed={isIsolatedByMe === true}
            onClick={() => change({ isIsolatedByMe: isIsolatedByMe === true ? undefined : true })}
          >
            {i18n.translate('sentineloneResponse.hosts.mine', { defaultMessage: 'Isolated by me' })}
          </EuiFilterButton>
          <EuiFilterButton
            hasActiveFilters={isLong === true}
            aria-pressed={isLong === true}
            onClick={() => change({ isLong: isLong === true ? undefined : true })}
          >
            {i18n.translate('sentineloneResponse.hosts.long', {
              defaultMessage: 'Longer than 24 h',
            })}
          </EuiFilterButton>
        </EuiFilterGroup>
      </EuiFlexItem>
    </EuiFlexGroup>
  );
};

/** The search of all hosts. */
export const AllFilters: FC<FiltersProps & { readonly isInvalid: boolean }> = ({
  state,
  isInvalid,
  onChange,
}) => {
  const { search, kind, status } = state;
  const [chosenKind, setChosenKind] = useState(kind);
  useEffect(() => setChosenKind(kind), [kind]);
  return (
    <EuiFlexGroup gutterSize="s" wrap alignItems="center">
      <EuiFlexItem grow css={{ minWidth: 200 }}>
        <SearchField
          state={state}
          isInvalid={isInvalid}
          label={i18n.translate('sentineloneResponse.hosts.searchAll', {
            defaultMessage: 'Search by name, IP address, UUID, agent id or logged-in user',
          })}
          onChange={(next) =>
            onChange({ ...next, kind: next.search === undefined ? undefined : chosenKind })
          }
        />
      </EuiFlexItem>
      <EuiFlexItem grow={false} css={{ minWidth: 230 }}>
        <Choice
          label={i18n.translate('sentineloneResponse.hosts.searchBy', {
            defaultMessage: 'Search by',
          })}
          values={HOST_SEARCH_KINDS}
          textOf={kindText}
          selected={chosenKind}
          anyText={i18n.translate('sentineloneResponse.hosts.detected', {
            defaultMessage: 'Detect automatically',
          })}
          onChange={(value) => {
            setChosenKind(value);
            if (search !== undefined) onChange({ kind: value });
          }}
        />
      </EuiFlexItem>
      <EuiFlexItem grow={false} css={{ minWidth: 170 }}>
        <Choice
          label={statusLabel()}
          values={HOST_NETWORK_STATES}
          textOf={(value) => STATUS[value]()}
          selected={status}
          onChange={(value) => onChange({ status: value })}
        />
      </EuiFlexItem>
    </EuiFlexGroup>
  );
};
