import { useState, type FC } from 'react';
import { EuiButtonEmpty, EuiSkeletonText, EuiText, useGeneratedHtmlId } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { FormattedMessage } from '@kbn/i18n-react';
import type { HandledHost, ReleaseTimeChange } from '../../common/actions/automatic_release';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import { reasonText } from '../../common/actions/describe_reason';
import type { RecordedAction } from '../../common/actions/record';
import type { ListedRecord } from '../../common/actions/record_summary';
import { DateText } from '../components/date_text';
import { ExpandableText } from '../components/expandable_text';
import { ProblemCallout } from '../components/problem_callout';
import { nameInText } from '../components/shown_name';
import { withLocalTimes, useFormatTime } from '../lib/format_date';
import { AppLink } from './alert_links';
import { ReleaseSummary, type TimedIsolation } from './automatic_release';
import { historyPath } from './history_state';
import { useAction } from './use_history';

/** The details of an automatic release, and the action that it ends. */

/** Whether the complete record contains more about the automatic release than a list. */
export const hasReleaseHistory = ({ automaticRelease }: TimedIsolation): boolean =>
  automaticRelease !== undefined &&
  (automaticRelease.version > 1 ||
    automaticRelease.state !== 'scheduled' ||
    automaticRelease.tries > 0 ||
    automaticRelease.attempts > 0);

const Change: FC<{ readonly change: ReleaseTimeChange }> = ({
  change: { at, username, apiKey, from, to, comment },
}) => {
  const name = nameInText(username);
  const values = {
    user:
      apiKey === undefined
        ? name
        : i18n.translate('sentineloneResponse.release.withApiKey', {
            defaultMessage: '{user} with API key {key}',
            values: { user: name, key: nameInText(apiKey) },
          }),
    at: <DateText iso={at} />,
    from: <DateText iso={from} />,
    to: <DateText iso={to} />,
  };
  return (
    <>
      {to === null ? (
        <FormattedMessage
          id="sentineloneResponse.release.cancelledAt"
          defaultMessage="Cancelled by {user}, {at}. It was {from}."
          values={values}
        />
      ) : (
        <FormattedMessage
          id="sentineloneResponse.release.changedAt"
          defaultMessage="Changed from {from} to {to} by {user}, {at}"
          values={values}
        />
      )}
      <ExpandableText text={comment} />
    </>
  );
};

const Changes: FC<{ readonly changes: readonly ReleaseTimeChange[] }> = ({ changes }) => (
  <>
    {changes.map((change, n) => (
      // A change has no id, only its position.
      <div key={n}>
        <Change change={change} />
      </div>
    ))}
  </>
);

/** Loads the changes of an action, which lists do not contain. */
const LoadedChanges: FC<{ readonly actionId: string }> = ({ actionId }) => {
  const { action, problem, isFetching, refresh } = useAction(actionId);
  if (action !== undefined) return <Changes changes={action.releaseTimeChanges ?? []} />;
  return problem === undefined ? (
    <EuiSkeletonText lines={1} />
  ) : (
    <ProblemCallout
      title={i18n.translate('sentineloneResponse.release.changesNotRead', {
        defaultMessage: 'The changes could not be loaded',
      })}
      problem={problem}
      isRetrying={isFetching}
      onRetry={refresh}
    />
  );
};

/** The state of the automatic release of a listed action and, on request, its changes with user, time and comment. */
export const ReleaseWithChanges: FC<{ readonly record: ListedRecord }> = ({ record }) => {
  const [isOpen, setIsOpen] = useState(false);
  const id = useGeneratedHtmlId();
  const { automaticRelease, actionId } = record;
  if (automaticRelease === undefined) return null;
  // The request creates the first version, and each change creates another one.
  const count = automaticRelease.version - 1;
  return (
    <EuiText size="xs" color="subdued">
      <div>
        <ReleaseSummary record={record} />
      </div>
      {count === 0 ? null : (
        <>
          <EuiButtonEmpty
            size="xs"
            flush="both"
            aria-expanded={isOpen}
            aria-controls={id}
            onClick={() => setIsOpen(!isOpen)}
          >
            {isOpen
              ? i18n.translate('sentineloneResponse.release.hideChanges', {
                  defaultMessage: 'Hide changes',
                })
              : i18n.translate('sentineloneResponse.release.showChanges', {
                  defaultMessage: '{count, plural, one {Show # change} other {Show # changes}}',
                  values: { count },
                })}
          </EuiButtonEmpty>
          <div id={id}>{isOpen ? <LoadedChanges actionId={actionId} /> : null}</div>
        </>
      )}
    </EuiText>
  );
};

const HANDLED: Readonly<
  Record<Exclude<HandledHost['kind'], 'sent'>, (values: Record<string, string>) => string>
> = {
  released: (values) =>
    i18n.translate('sentineloneResponse.release.hostReleased', {
      defaultMessage:
        '{hasUser, select, yes {{host}: released before by {user}} other {{host}: released before}}',
      values,
    }),
  isolated_again: (values) =>
    i18n.translate('sentineloneResponse.release.hostIsolatedAgain', {
      defaultMessage:
        '{hasUser, select, yes {{host}: isolated again by {user}} other {{host}: isolated again}}',
      values,
    }),
  failed: (values) =>
    i18n.translate('sentineloneResponse.release.hostFailed', {
      defaultMessage: '{host}: not released. {reason}',
      values,
    }),
};

/** The maximum of listed hosts; the record of the release contains all. */
const SHOWN_HOSTS = 10;

const HandledHosts: FC<{ readonly record: RecordedAction }> = ({
  record: { action, handledHosts = [] },
}) => {
  const formatTime = useFormatTime();
  const texts = handledHosts.flatMap(({ kind, agentId, name, username, actionId, ...host }) => {
    if (kind === 'sent') return [];
    const detail = host.detail && withLocalTimes(host.detail, formatTime);
    const { opposite } = ACTION_DEFINITIONS[action];
    const text = HANDLED[kind]({
      host: nameInText(name ?? agentId),
      hasUser: username === undefined ? 'no' : 'yes',
      user: username === undefined ? '' : nameInText(username),
      reason: reasonText(host.reason ?? 'unexpected_answer', opposite, { name, detail }).what,
    });
    return [{ agentId, text, actionId }];
  });
  if (texts.length === 0) return null;
  return (
    <ul>
      {texts.slice(0, SHOWN_HOSTS).map(({ agentId, text, actionId }) => (
        <li key={agentId}>
          {actionId === undefined ? (
            text
          ) : (
            <AppLink path={historyPath({ actionId })}>{text}</AppLink>
          )}
        </li>
      ))}
      {texts.length <= SHOWN_HOSTS ? null : (
        <li>
          {i18n.translate('sentineloneResponse.caseAttachment.moreHosts', {
            defaultMessage: 'and {count, number} more',
            values: { count: texts.length - SHOWN_HOSTS },
          })}
        </li>
      )}
    </ul>
  );
};

/** The automatic release of an action: its state, the reason, its changes, and the record of the release. */
export const AutomaticReleaseText: FC<{ readonly record: RecordedAction }> = ({ record }) => {
  const { action, releaseAt, automaticRelease, releaseTimeChanges = [] } = record;
  const formatTime = useFormatTime();
  if (automaticRelease === undefined) return null;
  const { problem, releaseActionId, state } = automaticRelease;
  const detail = problem?.detail == null ? undefined : withLocalTimes(problem.detail, formatTime);
  const why =
    problem === null
      ? undefined
      : reasonText(
          problem.reason,
          ACTION_DEFINITIONS[action].opposite,
          detail === undefined ? {} : { detail }
        );
  return (
    <>
      <div>
        <ReleaseSummary record={record} />
      </div>
      {releaseAt == null || (state === 'scheduled' && problem === null) ? null : (
        <div>
          <FormattedMessage
            id="sentineloneResponse.release.due"
            defaultMessage="Due {time}"
            values={{ time: <DateText iso={releaseAt} /> }}
          />
        </div>
      )}
      {why === undefined ? null : <div>{`${why.what} ${why.todo}`}</div>}
      {releaseActionId === null ? null : (
        <div>
          <AppLink path={historyPath({ actionId: releaseActionId })}>
            {i18n.translate('sentineloneResponse.release.record', {
              defaultMessage: 'Show the release in History',
            })}
          </AppLink>
        </div>
      )}
      <HandledHosts record={record} />
      <Changes changes={releaseTimeChanges} />
    </>
  );
};

/** For an automatic release: the action that it ends. */
export const EndedActionText: FC<{
  readonly record: Pick<RecordedAction, 'action' | 'endsAction'>;
}> = ({ record: { endsAction } }) =>
  endsAction === undefined ? null : (
    <>
      <AppLink path={historyPath({ actionId: endsAction.actionId })}>
        {i18n.translate('sentineloneResponse.release.ends', {
          defaultMessage: 'The isolation that {user} requested',
          values: { user: nameInText(endsAction.requestedBy) },
        })}
      </AppLink>
      {', '}
      <DateText iso={endsAction.requestedAt} />
    </>
  );

/** Links to the actions whose pending automatic releases this one replaces; nothing if it replaces none. */
export const ReplacedReleases: FC<{ readonly record: Pick<RecordedAction, 'hosts'> }> = ({
  record,
}) => (
  <>
    {replacedBy(record).map((actionId) => (
      <div key={actionId}>
        <AppLink path={historyPath({ actionId })}>
          {i18n.translate('sentineloneResponse.release.replaces', {
            defaultMessage: 'The automatic release of an earlier isolation',
          })}
        </AppLink>
      </div>
    ))}
  </>
);

/** The actions whose pending automatic releases this one replaces. */
export const replacedBy = ({ hosts }: Pick<RecordedAction, 'hosts'>): readonly string[] => [
  ...new Set(hosts.flatMap(({ replacesReleaseOf }) => replacesReleaseOf ?? [])),
];
