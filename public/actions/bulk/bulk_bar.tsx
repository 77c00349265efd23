import { type FC } from 'react';
import { EuiButtonEmpty, EuiFlexGroup, EuiFlexItem, EuiText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { ACTIONS, type ActionName } from '../../../common/actions/action_name';
import { BULK_LABELS } from '../../../common/actions/bulk_labels';
import { ACTION_DEFINITIONS } from '../../../common/actions/catalogue';
import { LIMITS, PLUGIN_ID } from '../../../common/lib/constants';
import type { useConnection } from '../../host_status/use_connection';
import { useServices } from '../../lib/services';
import type { SelectionState } from '../../lib/selection';
import { TakeActionButton } from '../take_action_button';
import { blockedForAllReason } from './use_bulk_action';

type Connected = ReturnType<typeof useConnection>;

/** The number of hosts that one action allows in this space; the maximum until it is known. */
export const maxHostsOf = (connection: Connected): number =>
  connection !== undefined && 'maxHosts' in connection
    ? connection.maxHosts
    : LIMITS.hostsPerAction;

/** Whether the user has the privilege for any action. */
export function useMayAct(): boolean {
  const capabilities = useServices().core.application.capabilities[PLUGIN_ID] ?? {};
  return ACTIONS.some(
    (action) => capabilities[ACTION_DEFINITIONS[action].privilege.capability] === true
  );
}

type Counts = Pick<
  SelectionState<never>,
  'hostCount' | 'maxHosts' | 'maxRows' | 'isFull' | 'isTooLarge' | 'leftOut'
>;

/** Why rows cannot be added to a selection that has reached its limit. */
export const limitText = ({ hostCount, maxHosts, maxRows }: Counts): string =>
  hostCount >= maxHosts
    ? i18n.translate('sentineloneResponse.selection.hostLimit', {
        defaultMessage: 'One action allows {limit, plural, one {# host} other {# hosts}}.',
        values: { limit: maxHosts },
      })
    : i18n.translate('sentineloneResponse.selection.rowLimit', {
        defaultMessage: 'One action allows {limit, plural, one {# alert} other {# alerts}}.',
        values: { limit: maxRows },
      });

/** What happened at the limit; undefined below it. */
function noticeOf(counts: Counts): string | undefined {
  if (counts.isTooLarge) {
    return i18n.translate('sentineloneResponse.selection.tooLarge', {
      defaultMessage: '{limit} Remove some from the selection.',
      values: { limit: limitText(counts) },
    });
  }
  if (counts.leftOut > 0) {
    return i18n.translate('sentineloneResponse.selection.leftOut', {
      defaultMessage: '{limit} {count, number} more could not be selected.',
      values: { limit: limitText(counts), count: counts.leftOut },
    });
  }
  return counts.isFull ? limitText(counts) : undefined;
}

/**
 * The selected rows in words, what to do with their hosts, and "Clear selection". Render it always: screen readers
 * ignore a live region that appears together with its text.
 */
export const BulkBar: FC<{
  readonly selection: Counts &
    Pick<SelectionState<never>, 'clear'> & { readonly rows: readonly unknown[] };
  readonly connection: Connected;
  /** What is selected: "3 alerts selected, 2 hosts". */
  readonly summary: string;
  /** What the table contains, while nothing is selected. */
  readonly total: string;
  readonly onSelect: (action: ActionName) => void;
}> = ({ selection, connection, summary, total, onSelect }) => {
  const { core } = useServices();
  const isEmpty = selection.rows.length === 0;
  const notice = isEmpty ? undefined : noticeOf(selection);
  const available = ACTIONS.map((action) => {
    const disabledReason = selection.isTooLarge
      ? notice
      : blockedForAllReason(action, core.application.capabilities, connection);
    return { action, ...(disabledReason === undefined ? {} : { disabledReason }) };
  });
  return (
    <EuiFlexGroup
      gutterSize="s"
      alignItems="center"
      responsive={false}
      wrap
      data-test-subj="sentineloneResponseBulkBar"
      css={{ minHeight: 32 }}
    >
      <EuiFlexItem grow={false}>
        <EuiText size="s" role="status" color={isEmpty ? 'subdued' : 'default'}>
          {isEmpty ? (
            total
          ) : (
            <>
              <strong>{summary}</strong>
              {notice === undefined ? null : ` ${notice}`}
            </>
          )}
        </EuiText>
      </EuiFlexItem>
      {isEmpty ? null : (
        <>
          <EuiFlexItem grow={false}>
            <TakeActionButton
              size="s"
              anchorPosition="downLeft"
              available={available}
              labelOf={(action) => BULK_LABELS[action]()}
              onSelect={onSelect}
            />
          </EuiFlexItem>
          <EuiFlexItem grow={false}>
            <EuiButtonEmpty size="s" iconType="cross" onClick={selection.clear}>
              {i18n.translate('sentineloneResponse.selection.clear', {
                defaultMessage: 'Clear selection',
              })}
            </EuiButtonEmpty>
          </EuiFlexItem>
        </>
      )}
    </EuiFlexGroup>
  );
};
