import { type FC } from 'react';
import { EuiFlexGroup, EuiFlexItem, EuiSpacer } from '@elastic/eui';
import type { DataTableRecord } from '@kbn/unified-doc-viewer-plugin/public';
import type { AlertContext } from '../../common/hosts/alert';
import { hostsOfDocument, namedHostOf } from '../../common/hosts/document_hosts';
import type { ActionName } from '../../common/actions/action_name';
import { HostPanel } from '../actions/single/host_panel';
import { HostChoicePanel, hostNotChosen, useHostChoice } from '../actions/single/host_choice';
import { hostsToChooseFrom, hostSubjectOf } from '../host_status/host_subject';
import { useHostAndActions } from '../actions/single/use_host_and_actions';
import { TakeActionButton } from '../actions/take_action_button';

const ALERTS_INDEX = /\.alerts-security\.alerts-/;

/** The hosts of a document in Discover, and the alert if the document is one. */
export function contextOfDocument({ raw, flattened }: DataTableRecord): AlertContext {
  const { hostName, agentUuid, agentId, ...several } = namedHostOf(
    hostsOfDocument((field) => [flattened[field]].flat().filter((value) => value != null))
  );
  return {
    ...(ALERTS_INDEX.test(raw._index) ? { alertId: raw._id, index: raw._index } : {}),
    hostName: hostName ?? undefined,
    agentUuid: agentUuid ?? undefined,
    agentId: agentId ?? undefined,
    ...several,
  };
}

/** The tab in Discover: the host of the document with its data from SentinelOne, and the actions. */
export const DocViewTab: FC<{
  readonly hit: DataTableRecord;
  /** Without an action if the user has to choose one of several agents first. */
  readonly onSelect: (context: AlertContext, action?: ActionName) => void;
}> = ({ hit, onSelect }) => {
  const context = contextOfDocument(hit);
  const choice = useHostChoice(hostsToChooseFrom(context, undefined));
  const isUnchosen = choice !== undefined && choice.chosen === undefined;
  const subject =
    choice === undefined ? hostSubjectOf(context, undefined) : (choice.chosen?.subject ?? {});
  const { live, shown, available } = useHostAndActions(
    subject,
    isUnchosen ? hostNotChosen() : undefined
  );
  return (
    <div data-test-subj="sentineloneResponseDocViewTab">
      <EuiSpacer size="m" />
      {choice === undefined ? null : (
        <>
          <HostChoicePanel choice={choice} />
          <EuiSpacer size="m" />
        </>
      )}
      {isUnchosen ? null : <HostPanel subject={subject} live={live} shown={shown} />}
      <EuiSpacer size="m" />
      <EuiFlexGroup justifyContent="flexEnd" responsive={false}>
        <EuiFlexItem grow={false}>
          <TakeActionButton
            available={available}
            onSelect={(action) =>
              onSelect(choice === undefined ? context : { ...context, chosen: subject }, action)
            }
            onChoose={() =>
              onSelect(choice === undefined ? context : { ...context, chosen: subject })
            }
          />
        </EuiFlexItem>
      </EuiFlexGroup>
    </div>
  );
};
