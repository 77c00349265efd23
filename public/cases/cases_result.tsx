import { useState, type FC } from 'react';
import { EuiButton, EuiCallOut, EuiSpacer, EuiText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { caseProblemText } from '../../common/actions/case_texts';
import type { CaseAttachment } from '../../common/actions/case_attachment';
import type { ActionAnswer } from '../../common/api/cases';
import { describeError } from '../lib/describe_error';
import { useServices } from '../lib/services';
import { CaseLink } from './case_link';

/** Trying again cannot help where there are no cases, and attaches nothing of what was not sent. */
const isRetryable = ({ attached, reason }: CaseAttachment): boolean =>
  !attached && reason !== 'unavailable' && reason !== 'nothing_sent';

const Failure: FC<{ readonly attachment: CaseAttachment }> = ({
  attachment: { caseId, title, reason = 'unclear', detail },
}) => {
  const { what, todo } = caseProblemText(reason);
  return (
    <li>
      <CaseLink caseId={caseId} title={title} />: {[what, detail, todo].filter(Boolean).join(' ')}
    </li>
  );
};

const Result: FC<{
  readonly actionId: string;
  readonly attachments: readonly CaseAttachment[];
}> = ({ actionId, attachments }) => {
  const { api } = useServices();
  const [later, setLater] = useState<ReadonlyMap<string, CaseAttachment>>(new Map());
  const [isTrying, setIsTrying] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  const now = attachments.map((one) => {
    const newer = later.get(one.caseId);
    return newer === undefined ? one : { title: one.title, ...newer };
  });
  const attached = now.filter((one) => one.attached);
  const failed = now.filter((one) => !one.attached);
  const again = failed.filter(isRetryable).map(({ caseId }) => caseId);

  const retry = async () => {
    setIsTrying(true);
    setTrouble(undefined);
    try {
      const { caseAttachments } = await api.attach(actionId, again);
      setLater((before) => {
        const after = new Map(before);
        for (const one of caseAttachments) after.set(one.caseId, one);
        return after;
      });
    } catch (error) {
      setTrouble(describeError(error).what);
    } finally {
      setIsTrying(false);
    }
  };

  return (
    <div data-test-subj="sentineloneResponseCasesResult">
      {attached.length === 0 ? null : (
        <>
          <EuiSpacer size="s" />
          <EuiText size="s" role="status">
            <p>
              {i18n.translate('sentineloneResponse.cases.attachedTo', {
                defaultMessage: 'Attached to {count, plural, one {the case} other {the cases}}',
                values: { count: attached.length },
              })}{' '}
              {attached.map(({ caseId, title }, n) => (
                <span key={caseId}>
                  {n === 0 ? '' : ', '}
                  <CaseLink caseId={caseId} title={title} />
                </span>
              ))}
            </p>
          </EuiText>
        </>
      )}
      {failed.length === 0 ? null : (
        <>
          <EuiSpacer size="s" />
          <EuiCallOut
            size="s"
            color="warning"
            iconType="warning"
            role="alert"
            title={i18n.translate('sentineloneResponse.cases.notAttached', {
              defaultMessage:
                'Not attached to {count, plural, one {a case} other {# cases}}. The action on the host is not affected.',
              values: { count: failed.length },
            })}
          >
            <EuiText size="s">
              <ul>
                {failed.map((one) => (
                  <Failure key={one.caseId} attachment={one} />
                ))}
              </ul>
              {trouble === undefined ? null : <p>{trouble}</p>}
            </EuiText>
            {again.length === 0 ? null : (
              <>
                <EuiSpacer size="s" />
                <EuiButton
                  size="s"
                  color="warning"
                  iconType="refresh"
                  isLoading={isTrying}
                  onClick={() => void retry()}
                >
                  {i18n.translate('sentineloneResponse.cases.attachAgain', {
                    defaultMessage: 'Attach again',
                  })}
                </EuiButton>
              </>
            )}
          </EuiCallOut>
        </>
      )}
    </div>
  );
};

/** What came of attaching an action to cases, and a way to try again. Nothing where no case was chosen. */
export const CasesResult: FC<{
  readonly answer: Pick<ActionAnswer, 'actionId' | 'caseAttachments'> | undefined;
}> = ({ answer }) =>
  answer?.caseAttachments === undefined || answer.caseAttachments.length === 0 ? null : (
    <Result key={answer.actionId} actionId={answer.actionId} attachments={answer.caseAttachments} />
  );
