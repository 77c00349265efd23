import { useEffect, useRef, useState, type FC } from 'react';
import { EuiButton, EuiSpacer, EuiText } from '@elastic/eui';
import { useQuery } from '@tanstack/react-query';
import { i18n } from '@kbn/i18n';
import {
  recordedAttachments,
  type CaseAttachment,
  caseProblemText,
} from '../../common/actions/case_attachment';
import type { Cases, CasesById } from '../../common/api/cases';
import type { ActionRecord } from '../../common/actions/record';
import { describeError } from '../lib/describe_error';
import { useServices } from '../lib/services';
import { CaseLink, CasesResult } from './cases_result';

/** Milliseconds for which titles of cases, and the privilege to add to cases, are not read again. */
const STALE_TIME = 60_000;

/** Whether the user may add to cases in this space; false while it is loading, or when loading failed. */
function useMayAttach(enabled: boolean): boolean {
  const { api } = useServices();
  const { data } = useQuery<Cases>({
    queryKey: ['sentineloneResponse.mayAttach'],
    queryFn: ({ signal }) => api.cases({ perPage: 1 }, signal),
    enabled,
    staleTime: STALE_TIME,
  });
  return data?.state === 'available';
}

/** Cases by id, as far as the user may view them; undefined while they are loading, or when loading failed. */
function useCasesById(caseIds: readonly string[]): CasesById | undefined {
  const { api } = useServices();
  const { data } = useQuery<CasesById>({
    queryKey: ['sentineloneResponse.casesById', caseIds],
    queryFn: ({ signal }) => api.casesById(caseIds, signal),
    enabled: caseIds.length > 0,
    staleTime: STALE_TIME,
  });
  return data;
}

const notFound = (): string =>
  i18n.translate('sentineloneResponse.cases.titleNotFound', {
    defaultMessage: 'There is no such case in this space. It may have been deleted.',
  });
const hidden = (): string =>
  i18n.translate('sentineloneResponse.cases.titleHidden', {
    defaultMessage: 'You do not have the privilege to view this case.',
  });

/** What the record contains about a case: attached, or why not; undefined when it contains only the case's id. */
function resultText(result: CaseAttachment | undefined): string | undefined {
  if (result === undefined) return undefined;
  if (result.attached) {
    return i18n.translate('sentineloneResponse.cases.recordedAttached', {
      defaultMessage: 'Attached.',
    });
  }
  const { what, todo } = caseProblemText(result.reason ?? 'unclear', 'other');
  return [
    i18n.translate('sentineloneResponse.cases.recordedNotAttached', {
      defaultMessage: 'Not attached.',
    }),
    what,
    result.detail,
    todo,
  ]
    .filter(Boolean)
    .join(' ');
}

/** The cases of an action by title, each with the result of attaching the action. */
const RecordedCases: FC<{
  readonly caseIds: readonly string[];
  readonly results: readonly CaseAttachment[];
}> = ({ caseIds, results }) => {
  const found = useCasesById(caseIds);
  const known = found?.state === 'available' ? found : undefined;
  return (
    <ul css={{ overflowWrap: 'anywhere' }}>
      {caseIds.map((caseId) => {
        const result = resultText(results.find((one) => one.caseId === caseId));
        const problem = known?.notFound.includes(caseId)
          ? notFound()
          : known?.forbidden.includes(caseId)
            ? hidden()
            : undefined;
        return (
          <li key={caseId}>
            <CaseLink caseId={caseId} title={known?.cases.find(({ id }) => id === caseId)?.title} />
            {result === undefined && problem === undefined ? null : (
              <EuiText size="xs" color="subdued">
                {[result, problem].filter(Boolean).join(' ')}
              </EuiText>
            )}
          </li>
        );
      })}
    </ul>
  );
};

/**
 * The cases that were chosen for an action, and the result of attaching it. The action can be attached from here to
 * those that do not contain it.
 */
export const LinkedCases: FC<{
  readonly record: Pick<ActionRecord, 'actionId' | 'caseIds' | 'caseAttachments' | 'hosts'>;
}> = ({ record: { actionId, caseIds, caseAttachments: recorded = [], hosts } }) => {
  const { api } = useServices();
  const missing = caseIds.filter(
    (caseId) => !recorded.some((one) => one.caseId === caseId && one.attached)
  );
  // A refused action is not attached to cases.
  const mayAttach = useMayAttach(
    missing.length > 0 && hosts.some(({ outcome }) => outcome !== 'refused')
  );
  const [isAttaching, setIsAttaching] = useState(false);
  const [attachError, setAttachError] = useState<string>();
  const [caseAttachments, setCaseAttachments] = useState<readonly CaseAttachment[]>();
  const result = useRef<HTMLDivElement>(null);
  // The button that had the focus was removed.
  useEffect(() => {
    if (caseAttachments !== undefined) result.current?.focus();
  }, [caseAttachments]);

  const attach = async () => {
    setIsAttaching(true);
    setAttachError(undefined);
    try {
      setCaseAttachments((await api.attach(actionId, missing)).caseAttachments);
    } catch (error) {
      setAttachError(describeError(error).what);
    } finally {
      setIsAttaching(false);
    }
  };

  return (
    <>
      <RecordedCases
        caseIds={caseIds}
        results={recordedAttachments(recorded, caseAttachments ?? [])}
      />
      {caseAttachments !== undefined ? (
        <div
          ref={result}
          tabIndex={-1}
          role="group"
          aria-label={i18n.translate('sentineloneResponse.cases.resultLabel', {
            defaultMessage: 'Result of attaching',
          })}
        >
          <CasesResult answer={{ actionId, caseAttachments }} />
        </div>
      ) : !mayAttach || missing.length === 0 ? null : (
        <>
          <EuiSpacer size="s" />
          <EuiButton
            size="s"
            iconType="paperClip"
            isLoading={isAttaching}
            onClick={() => void attach()}
          >
            {i18n.translate('sentineloneResponse.cases.attach', {
              defaultMessage: 'Attach to {count, plural, one {this case} other {these cases}}',
              values: { count: missing.length },
            })}
          </EuiButton>
          <EuiSpacer size="xs" />
          <EuiText size="xs" color="subdued">
            <p>
              {i18n.translate('sentineloneResponse.cases.attachHint', {
                defaultMessage: 'A case that already contains the action is not changed.',
              })}
            </p>
          </EuiText>
          {attachError === undefined ? null : (
            <EuiText size="s" color="danger" role="alert">
              <p>{attachError}</p>
            </EuiText>
          )}
        </>
      )}
    </>
  );
};
