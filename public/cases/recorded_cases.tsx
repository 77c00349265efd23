import { type FC } from 'react';
import { EuiText } from '@elastic/eui';
import { useQuery } from '@tanstack/react-query';
import { i18n } from '@kbn/i18n';
import type { CaseAttachment } from '../../common/actions/case_attachment';
import { caseProblemText } from '../../common/actions/case_texts';
import type { CasesById } from '../../common/api/cases';
import { useServices } from '../lib/services';
import { CaseLink } from './case_link';

/** Milliseconds for which a title stays as it was read. */
const KNOWN_FOR = 60_000;

/** Cases by their ids, as this person may see them; undefined until that is known, or where it is not. */
function useCasesById(caseIds: readonly string[]): CasesById | undefined {
  const { api } = useServices();
  const { data } = useQuery<CasesById>({
    queryKey: ['sentineloneResponse.casesById', caseIds],
    queryFn: ({ signal }) => api.casesById(caseIds, signal),
    enabled: caseIds.length > 0,
    staleTime: KNOWN_FOR,
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

/** What the record says about a case: attached, or why not; nothing where it was only named. */
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

/** The cases of an action by their titles, with what came of attaching it to each. */
export const RecordedCases: FC<{
  readonly caseIds: readonly string[];
  readonly results: readonly CaseAttachment[];
}> = ({ caseIds, results }) => {
  const found = useCasesById(caseIds);
  const known = found?.state === 'available' ? found : undefined;
  return (
    <ul css={{ overflowWrap: 'anywhere' }}>
      {caseIds.map((caseId) => {
        const result = resultText(results.find((one) => one.caseId === caseId));
        const trouble = known?.notFound.includes(caseId)
          ? notFound()
          : known?.forbidden.includes(caseId)
            ? hidden()
            : undefined;
        return (
          <li key={caseId}>
            <CaseLink caseId={caseId} title={known?.cases.find(({ id }) => id === caseId)?.title} />
            {result === undefined && trouble === undefined ? null : (
              <EuiText size="xs" color="subdued">
                {[result, trouble].filter(Boolean).join(' ')}
              </EuiText>
            )}
          </li>
        );
      })}
    </ul>
  );
};
