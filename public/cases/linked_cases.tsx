import { useEffect, useRef, useState, type FC } from 'react';
import { EuiButton, EuiSpacer, EuiText } from '@elastic/eui';
import { useQuery } from '@tanstack/react-query';
import { i18n } from '@kbn/i18n';
import { recordedAttachments, type CaseAttachment } from '../../common/actions/case_attachment';
import type { Cases } from '../../common/api/cases';
import type { ActionRecord } from '../../common/actions/record';
import { describeError } from '../lib/describe_error';
import { useServices } from '../lib/services';
import { CasesResult } from './cases_result';
import { RecordedCases } from './recorded_cases';

/** Milliseconds for which it stays known who may add to cases. */
const KNOWN_FOR = 60_000;

/** Whether this person may add to cases here. Until that is known, and where it cannot be, he may not. */
function useMayAttach(isAsked: boolean): boolean {
  const { api } = useServices();
  const { data } = useQuery<Cases>({
    queryKey: ['sentineloneResponse.mayAttach'],
    queryFn: ({ signal }) => api.cases({ perPage: 1 }, signal),
    enabled: isAsked,
    staleTime: KNOWN_FOR,
  });
  return data?.state === 'available';
}

/**
 * The cases that an action was taken for, and what came of attaching it. It is attached from here where that is
 * missing, or not recorded.
 */
export const LinkedCases: FC<{
  readonly record: Pick<ActionRecord, 'actionId' | 'caseIds' | 'caseAttachments' | 'hosts'>;
}> = ({ record: { actionId, caseIds, caseAttachments: recorded = [], hosts } }) => {
  const { api } = useServices();
  const missing = caseIds.filter(
    (caseId) => !recorded.some((one) => one.caseId === caseId && one.attached)
  );
  // Of what was refused, no case is told.
  const mayAttach = useMayAttach(
    missing.length > 0 && hosts.some(({ outcome }) => outcome !== 'refused')
  );
  const [isAttaching, setIsAttaching] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  const [caseAttachments, setCaseAttachments] = useState<readonly CaseAttachment[]>();
  const result = useRef<HTMLDivElement>(null);
  // The button that had the focus is gone.
  useEffect(() => {
    if (caseAttachments !== undefined) result.current?.focus();
  }, [caseAttachments]);

  const attach = async () => {
    setIsAttaching(true);
    setTrouble(undefined);
    try {
      setCaseAttachments((await api.attach(actionId, missing)).caseAttachments);
    } catch (error) {
      setTrouble(describeError(error).what);
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
          {trouble === undefined ? null : (
            <EuiText size="s" color="danger" role="alert">
              <p>{trouble}</p>
            </EuiText>
          )}
        </>
      )}
    </>
  );
};
