import { useState, type FC } from 'react';
import { EuiButton, EuiCallOut, EuiLink, EuiSpacer, EuiText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { caseProblemText, type CaseAttachment } from '../../common/actions/case_attachment';
import type { ActionAnswer } from '../../common/api/cases';
import { describeError } from '../lib/describe_error';
import { useServices } from '../lib/services';
import { useKibanaLink } from '../lib/kibana_link';
import { knownTitle } from './cases_field';

/** Elastic Security's app in Kibana 8.12, which shows cases. */
const SECURITY_APP = 'securitySolutionUI';

/** A link to a case, by title if it is known, otherwise by id. */
export const CaseLink: FC<{ readonly caseId: string; readonly title?: string }> = ({
  caseId,
  title,
}) => {
  const { queryClient } = useServices();
  const link = useKibanaLink(SECURITY_APP, `/cases/${encodeURIComponent(caseId)}`);
  return <EuiLink {...link}>{title ?? knownTitle(queryClient, caseId) ?? caseId}</EuiLink>;
};

/** A retry cannot help when Kibana has no cases, or when no request was sent. */
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
  const [retried, setRetried] = useState<ReadonlyMap<string, CaseAttachment>>(new Map());
  const [isTrying, setIsTrying] = useState(false);
  const [retryError, setRetryError] = useState<string>();
  const now = attachments.map((one) => {
    const newer = retried.get(one.caseId);
    return newer === undefined ? one : { title: one.title, ...newer };
  });
  const attached = now.filter((one) => one.attached);
  const failed = now.filter((one) => !one.attached);
  const again = failed.filter(isRetryable).map(({ caseId }) => caseId);

  const retry = async () => {
    setIsTrying(true);
    setRetryError(undefined);
    try {
      const { caseAttachments } = await api.attach(actionId, again);
      setRetried((before) => {
        const after = new Map(before);
        for (const one of caseAttachments) after.set(one.caseId, one);
        return after;
      });
    } catch (error) {
      setRetryError(describeError(error).what);
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
              {retryError === undefined ? null : <p>{retryError}</p>}
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

/** The result of attaching an action to cases, with a retry. Renders nothing when no case was chosen. */
export const CasesResult: FC<{
  readonly answer: Pick<ActionAnswer, 'actionId' | 'caseAttachments'> | undefined;
}> = ({ answer }) =>
  answer?.caseAttachments === undefined || answer.caseAttachments.length === 0 ? null : (
    <Result key={answer.actionId} actionId={answer.actionId} attachments={answer.caseAttachments} />
  );
