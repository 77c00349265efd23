import { useEffect, useRef, type FC } from 'react';
import {
  EuiButton,
  EuiButtonEmpty,
  EuiCallOut,
  EuiFlexGroup,
  EuiFlexItem,
  EuiFlyoutBody,
  EuiFlyoutFooter,
  EuiForm,
  EuiProgress,
  EuiSpacer,
  EuiText,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { ActionName } from '../../../common/actions/action_name';
import { isAccepted } from '../../../common/actions/outcome';
import type { ProtectedIsolation } from '../../../common/hosts/protection_settings';
import { listText } from '../../../common/lib/text';
import { ProblemCallout, Attention } from '../../components/problem_callout';
import { CasesResult } from '../../cases/cases_result';
import { StatusProblem } from '../../host_status/status_problem';
import { useFormatShortTime } from '../../lib/format_date';
import { openRequestsOn, useRequests } from '../../lib/use_approval_requests';
import { ActionFields, useActionFields, SendButton } from '../action_fields';
import { releaseTimeText, resultText } from '../texts';
import type { BulkHost } from './bulk_host';
import { BulkHostsTable } from './bulk_hosts_table';
import { bulkProblemTitle, confirmText } from './bulk_texts';
import { useBulkAction, type BulkAction } from './use_bulk_action';

const FORM_ID = 'sentineloneResponseBulkForm';

/** Red when the action failed for a host, green when all hosts are confirmed, neutral until the agents have reported. */
function resultStyle(rows: BulkAction['rows']) {
  const results = rows.flatMap(({ result }) => (result === undefined ? [] : [result]));
  if (!results.every(isAccepted)) return { color: 'danger', iconType: 'error' } as const;
  return results.some(({ outcome }) => outcome === 'requested' || outcome === 'awaiting_approval')
    ? ({ color: 'primary', iconType: 'clock' } as const)
    : ({ color: 'success', iconType: 'check' } as const);
}

/** The result of the last request. A live region for screen readers. */
const Result: FC<{ readonly action: ActionName; readonly bulk: BulkAction }> = ({
  action,
  bulk: { answer, wasSent, rows, problem, isSending },
}) => {
  const region = useRef<HTMLDivElement>(null);
  const formatTime = useFormatShortTime();
  const releaseTime = answer === undefined ? undefined : releaseTimeText(answer, formatTime);
  // The button that had the focus may have been removed.
  useEffect(() => {
    if (answer !== undefined || problem !== undefined) region.current?.focus();
  }, [answer, problem]);
  return (
    <div ref={region} role="status" aria-live="polite" tabIndex={-1}>
      {isSending ? (
        <>
          <EuiText size="s">
            <p>
              {i18n.translate('sentineloneResponse.bulk.sending', {
                defaultMessage: 'Sending the request to SentinelOne…',
              })}
            </p>
          </EuiText>
          <EuiProgress size="xs" color="primary" />
          <EuiSpacer size="m" />
        </>
      ) : problem !== undefined ? (
        <>
          <ProblemCallout problem={problem} title={bulkProblemTitle(problem, action)} />
          <EuiSpacer size="m" />
        </>
      ) : wasSent ? (
        <>
          <EuiCallOut
            size="s"
            data-test-subj="sentineloneResponseBulkResult"
            {...resultStyle(rows)}
            title={resultText(action, rows)}
          >
            {releaseTime === undefined ? null : (
              <EuiText size="s">
                <p>{releaseTime}</p>
              </EuiText>
            )}
          </EuiCallOut>
          <EuiSpacer size="m" />
        </>
      ) : null}
    </div>
  );
};

/** The hosts, the form of the action, and the button that acts on all selected hosts in one request. */
export const BulkForm: FC<{
  readonly action: ActionName;
  readonly hosts: readonly BulkHost[];
  /** A summary of the selected alerts. */
  readonly summary: string;
  readonly onClose: () => void;
}> = ({ action, hosts, summary, onClose }) => {
  const bulk = useBulkAction(action, hosts);
  const fields = useActionFields(action, [...new Set(hosts.flatMap(({ alertIds }) => alertIds))]);
  const { rows, isSending, blockedReason, wasSent, problem } = bulk;
  const count = rows.filter(({ isChosen }) => isChosen).length;
  const protectionsBy = (way: ProtectedIsolation) =>
    rows.flatMap((row) =>
      row.isChosen && row.protection !== undefined && row.protectionWay === way
        ? [row.protection]
        : []
    );
  const protections = protectionsBy('with_comment');
  const approvals = protectionsBy('with_approval');
  const mayStillChoose = rows.some(
    ({ protection, blockedReason: blocked }) => protection !== undefined && blocked === undefined
  );
  const isOver = wasSent && problem === undefined && count === 0 && !mayStillChoose;
  const isAgain =
    problem !== undefined || rows.some(({ isChosen, result }) => isChosen && result !== undefined);

  const needs = { override: protections.length > 0, approval: approvals.length > 0 };
  const { page: requests } = useRequests(() => false, { enabled: needs.approval });
  const openRequests = rows
    .filter(({ isChosen, protectionWay }) => isChosen && protectionWay === 'with_approval')
    .flatMap(({ name, agentId }) =>
      openRequestsOn(requests, agentId, action)
        .slice(0, 1)
        .map((request) => ({ host: name, request }))
    );

  const changed = bulk.changed.join(', ');
  const { clear } = fields;
  // For other hosts, the user enters another reason.
  useEffect(() => {
    if (changed !== '') clear();
  }, [changed, clear]);

  const confirm = () => {
    if (fields.check(needs)) void bulk.send(fields.params(needs));
  };
  return (
    <>
      <EuiFlyoutBody>
        {blockedReason === undefined ? null : (
          <>
            <EuiCallOut size="s" color="warning" iconType="warning" title={blockedReason} />
            <EuiSpacer size="m" />
          </>
        )}
        <Attention about={changed === '' ? undefined : changed}>
          <EuiCallOut
            size="s"
            color="danger"
            iconType="warning"
            role="alert"
            data-test-subj="sentineloneResponseBulkChanged"
            title={i18n.translate('sentineloneResponse.bulk.changed', {
              defaultMessage:
                '{count, plural, one {A host has} other {# hosts have}} changed since you opened this: {names}',
              values: { count: bulk.changed.length, names: listText(bulk.changed) },
            })}
          >
            <p>
              {i18n.translate('sentineloneResponse.bulk.changedTodo', {
                defaultMessage:
                  '{count, plural, one {It is} other {They are}} left out, and your comment was cleared. Check the list again.',
                values: { count: bulk.changed.length },
              })}
            </p>
          </EuiCallOut>
          <EuiSpacer size="m" />
        </Attention>
        <Result action={action} bulk={bulk} />
        <CasesResult answer={bulk.answer} />
        <EuiText size="s">
          <p>{summary}</p>
        </EuiText>
        <EuiSpacer size="s" />
        {blockedReason === undefined ? (
          <StatusProblem
            source={bulk.source}
            advice={
              bulk.continueWithoutStatus === undefined
                ? i18n.translate('sentineloneResponse.bulk.slowAdvice', {
                    defaultMessage:
                      'You can act on the hosts whose status is known. To act on another host now, open its alert.',
                  })
                : i18n.translate('sentineloneResponse.bulk.withoutStatusAdvice', {
                    defaultMessage:
                      'You can act on the hosts whose status is known. You can also include the others: each host is looked up before the command is sent, and refused if it is protected or has another name in SentinelOne.',
                  })
            }
            offers={
              bulk.continueWithoutStatus === undefined
                ? []
                : [
                    <EuiButton
                      key="goOn"
                      size="s"
                      color="warning"
                      onClick={bulk.continueWithoutStatus}
                      data-test-subj="sentineloneResponseBulkWithoutStatus"
                    >
                      {i18n.translate('sentineloneResponse.bulk.goOn', {
                        defaultMessage: 'Continue without their status',
                      })}
                    </EuiButton>,
                  ]
            }
          />
        ) : null}
        <BulkHostsTable
          action={action}
          rows={rows}
          isLocked={isSending || blockedReason !== undefined}
          onChoose={bulk.choose}
        />
        <EuiSpacer size="m" />
        {isOver || blockedReason !== undefined ? null : (
          <EuiForm
            component="form"
            id={FORM_ID}
            onSubmit={(event) => {
              event.preventDefault();
              confirm();
            }}
          >
            <ActionFields
              fields={fields}
              protection={needs.override ? listText(protections, '; ') : undefined}
              protectedCount={protections.length}
              approval={needs.approval ? listText(approvals, '; ') : undefined}
              approvalCount={approvals.length}
              openRequests={openRequests}
              mayOverride
              disabled={isSending}
            />
          </EuiForm>
        )}
      </EuiFlyoutBody>
      <EuiFlyoutFooter>
        <EuiFlexGroup justifyContent="spaceBetween" responsive={false}>
          <EuiFlexItem grow={false}>
            <EuiButtonEmpty iconType="cross" onClick={onClose} flush="left" isDisabled={isSending}>
              {i18n.translate('sentineloneResponse.flyout.close', { defaultMessage: 'Close' })}
            </EuiButtonEmpty>
          </EuiFlexItem>
          {isOver ? null : (
            <EuiFlexItem grow={false}>
              <SendButton
                action={action}
                formId={FORM_ID}
                isSending={isSending}
                isDisabled={blockedReason !== undefined || count === 0}
                data-test-subj="sentineloneResponseBulkConfirm"
              >
                {confirmText(action, count, {
                  isAgain,
                  protectedCount: protections.length,
                  approvalCount: approvals.length,
                })}
              </SendButton>
            </EuiFlexItem>
          )}
        </EuiFlexGroup>
      </EuiFlyoutFooter>
    </>
  );
};
