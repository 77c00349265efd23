import {
  EuiBadge,
  EuiCallOut,
  EuiCommentList,
  EuiLink,
  EuiLoadingSpinner,
  EuiPageTemplate,
  EuiText,
  type EuiCommentProps,
} from '@elastic/eui';
import {
  Suspense,
  useEffect,
  useState,
  type FC,
  type PropsWithChildren,
  type ReactElement,
} from 'react';
import { Link, useParams } from 'react-router-dom';
import type { CoreStart, IHttpFetchError } from '@kbn/core/public';
import type { AttachmentRegistry } from './attachment_registry';

/** As much of a case as the page shows; by the cases API of 8.12.2. */
interface CaseBody {
  readonly id: string;
  readonly title: string;
  readonly status: string;
  readonly description: string;
  readonly created_at: string;
  readonly comments: readonly CommentBody[];
}
interface CommentBody {
  readonly id: string;
  readonly type: string;
  readonly comment?: string;
  readonly alertId?: string | readonly string[];
  readonly externalReferenceAttachmentTypeId?: string;
  readonly externalReferenceId?: string;
  readonly externalReferenceMetadata?: Readonly<Record<string, unknown>> | null;
  /** Of a unified attachment, whose type is the plugin's. */
  readonly attachmentId?: string;
  readonly metadata?: Readonly<Record<string, unknown>> | null;
  readonly created_at: string;
  readonly created_by: { readonly username: string | null };
}

/** A line of a case's activity. */
interface UserActionBody {
  readonly id: string;
  readonly action: 'create' | 'delete';
  readonly comment_id: string | null;
  readonly payload: {
    readonly comment: Pick<CommentBody, 'type' | 'externalReferenceAttachmentTypeId'>;
  };
  readonly created_at: string;
  readonly created_by: { readonly username: string | null };
}
interface Activity {
  readonly userActions: readonly UserActionBody[];
}

export interface CasePageProps {
  readonly core: CoreStart;
  readonly attachments: AttachmentRegistry;
}

function useAnswer<A>(core: CoreStart, path: string): { answer?: A; problem?: string } {
  const [state, setState] = useState<{ answer?: A; problem?: string }>({});
  useEffect(() => {
    let isShown = true;
    setState({});
    core.http.get<A>(path).then(
      (answer) => isShown && setState({ answer }),
      (error: IHttpFetchError<{ message?: string }>) =>
        isShown && setState({ problem: error.body?.message ?? error.message })
    );
    return () => {
      isShown = false;
    };
  }, [core, path]);
  return state;
}

const Trouble: FC<{ readonly problem: string }> = ({ problem }) => (
  <EuiCallOut color="danger" iconType="warning" title="The case could not be shown">
    <p>{problem}</p>
  </EuiCallOut>
);

const inSuspense = (view: ReactElement) => (
  <Suspense fallback={<EuiLoadingSpinner />}>{view}</Suspense>
);

/** One entry of a case's activity, an attachment through the type that a plugin has registered. */
function entryOf(
  attachments: AttachmentRegistry,
  { id: caseId, title }: CaseBody,
  comment: CommentBody
): EuiCommentProps {
  const { id, type, created_at: createdAt, created_by: by } = comment;
  const shared = {
    key: id,
    username: by.username ?? 'Unknown',
    timestamp: <time dateTime={createdAt}>{new Date(createdAt).toLocaleTimeString()}</time>,
  };
  if (type === 'alert') {
    const alertIds = [comment.alertId ?? []].flat();
    return { ...shared, event: `added ${alertIds.length} alert(s)`, timelineAvatar: 'bell' };
  }
  const { attachmentId, metadata = null } = comment;
  if (attachmentId !== undefined) {
    const unified = attachments.getUnified(type);
    if (unified === undefined) return { ...shared, event: `added an attachment of type ${type}` };
    const props = { attachmentId, metadata, caseData: { id: caseId, title } };
    const { event, timelineAvatar, children: View } = unified.getAttachmentViewObject(props);
    return {
      ...shared,
      event,
      timelineAvatar,
      children: View === undefined ? undefined : inSuspense(<View {...props} />),
    };
  }
  if (type !== 'externalReference') {
    return { ...shared, event: 'added a comment', children: <p>{comment.comment}</p> };
  }
  const registered = attachments.get(comment.externalReferenceAttachmentTypeId ?? '');
  if (registered === undefined) {
    return {
      ...shared,
      event: `added an attachment of type ${comment.externalReferenceAttachmentTypeId}`,
      children: (
        <EuiCallOut title="Attachment type is not registered" color="danger" iconType="warning" />
      ),
    };
  }
  const props = {
    attachmentId: id,
    caseData: { id: caseId, title },
    externalReferenceId: comment.externalReferenceId ?? '',
    externalReferenceMetadata: comment.externalReferenceMetadata ?? null,
  };
  const { event, timelineAvatar, children: View } = registered.getAttachmentViewObject(props);
  return {
    ...shared,
    event,
    timelineAvatar,
    children: View === undefined ? undefined : inSuspense(<View {...props} />),
  };
}

/**
 * The entries of a case's activity, in their order. Kibana builds a case's page from them, so an attachment without an
 * entry is not visible.
 */
const entriesOf = (
  attachments: AttachmentRegistry,
  one: CaseBody,
  { userActions }: Activity
): EuiCommentProps[] =>
  userActions.flatMap(({ id, action, comment_id: commentId, payload, ...rest }) => {
    if (action === 'delete') {
      const type = payload.comment.externalReferenceAttachmentTypeId ?? '';
      const removal = attachments.get(type)?.getAttachmentRemovalObject?.({
        caseData: { id: one.id, title: one.title },
        externalReferenceId: '',
        externalReferenceMetadata: null,
      });
      const username = rest.created_by.username ?? 'Unknown';
      return [{ key: id, username, event: removal?.event ?? 'removed attachment' }];
    }
    const comment = one.comments.find((each) => each.id === commentId);
    return comment === undefined ? [] : [entryOf(attachments, one, comment)];
  });

/** A case with its activity, `/cases/{caseId}`. */
export const CasePage: FC<CasePageProps> = ({ core, attachments }) => {
  const { caseId } = useParams<{ caseId: string }>();
  const { answer, problem } = useAnswer<CaseBody>(core, `/api/cases/${caseId}`);
  const activity = useAnswer<Activity>(
    core,
    `/api/cases/${caseId}/user_actions/_find?perPage=100`
  ).answer;
  return (
    <EuiPageTemplate>
      <EuiPageTemplate.Header
        pageTitle={answer?.title ?? 'Case'}
        rightSideItems={answer === undefined ? [] : [<EuiBadge key="s">{answer.status}</EuiBadge>]}
      />
      <EuiPageTemplate.Section>
        {problem !== undefined ? (
          <Trouble problem={problem} />
        ) : answer === undefined ? (
          <EuiLoadingSpinner size="l" />
        ) : (
          <>
            <EuiText>
              <p>{answer.description}</p>
            </EuiText>
            <EuiCommentList
              aria-label="Activity"
              comments={activity === undefined ? [] : entriesOf(attachments, answer, activity)}
            />
          </>
        )}
      </EuiPageTemplate.Section>
    </EuiPageTemplate>
  );
};

/** All cases that are there, `/cases`. */
export const CasesPage: FC<Pick<CasePageProps, 'core'>> = ({ core }) => {
  const { answer, problem } = useAnswer<{ cases: readonly CaseBody[] }>(core, '/api/cases/_find');
  return (
    <EuiPageTemplate>
      <EuiPageTemplate.Header pageTitle="Cases" />
      <EuiPageTemplate.Section>
        {problem !== undefined ? (
          <Trouble problem={problem} />
        ) : answer === undefined ? (
          <EuiLoadingSpinner size="l" />
        ) : answer.cases.length === 0 ? (
          <p>There is no case yet: POST /api/cases makes one.</p>
        ) : (
          <ul aria-label="Cases">
            {answer.cases.map(({ id, title, status }) => (
              <li key={id}>
                <Link to={`/cases/${id}`} component={EuiLinkTo}>
                  {title}
                </Link>{' '}
                <EuiBadge>{status}</EuiBadge>
              </li>
            ))}
          </ul>
        )}
      </EuiPageTemplate.Section>
    </EuiPageTemplate>
  );
};

const EuiLinkTo: FC<
  PropsWithChildren<{ readonly href: string; readonly navigate: () => void }>
> = ({ href, navigate, children }) => (
  <EuiLink
    href={href}
    onClick={(event: { preventDefault(): void }) => {
      event.preventDefault();
      navigate();
    }}
  >
    {children}
  </EuiLink>
);
