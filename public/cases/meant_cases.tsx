import { useEffect, useRef, useState, type FC } from 'react';
import { EuiButton, EuiSpacer, EuiText } from '@elastic/eui';
import { useQuery } from '@tanstack/react-query';
import { i18n } from '@kbn/i18n';
import type { Cases, CaseAttachment } from '../../common/cases';
import type { ActionRecord } from '../../common/record';
import { describeError } from '../api/describe_error';
import { useServices } from '../services';
import { CaseLinks } from './case_link';
import { CasesResult } from './cases_result';

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
 * The cases that somebody wanted an action to be attached to. Whether it was is not on record: it is attached
 * from here where it is missing, and each case says what came of it.
 */
export const MeantCases: FC<{
  readonly record: Pick<ActionRecord, 'actionId' | 'caseIds' | 'hosts'>;
}> = ({ record: { actionId, caseIds, hosts } }) => {
  const { api } = useServices();
  // Of what was refused, no case is told.
  const mayAttach = useMayAttach(hosts.some(({ outcome }) => outcome !== 'refused'));
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
      setCaseAttachments((await api.attach(actionId, caseIds)).caseAttachments);
    } catch (error) {
      setTrouble(describeError(error).what);
    } finally {
      setIsAttaching(false);
    }
  };

  return (
    <>
      <CaseLinks caseIds={caseIds} />
      {caseAttachments !== undefined ? (
        <div
          ref={result}
          tabIndex={-1}
          role="group"
          aria-label={i18n.translate('sentineloneResponse.cases.resultLabel', {
            defaultMessage: 'What came of attaching',
          })}
        >
          <CasesResult answer={{ actionId, caseAttachments }} />
        </div>
      ) : !mayAttach ? null : (
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
              values: { count: caseIds.length },
            })}
          </EuiButton>
          <EuiSpacer size="xs" />
          <EuiText size="xs" color="subdued">
            <p>
              {i18n.translate('sentineloneResponse.cases.attachHint', {
                defaultMessage: 'A case that has the action already stays as it is.',
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
