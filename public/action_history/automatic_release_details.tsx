import { type FC } from 'react';
import { i18n } from '@kbn/i18n';
import { FormattedMessage } from '@kbn/i18n-react';
import type { HandledHost, ReleaseTimeChange } from '../../common/actions/automatic_release';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import { reasonText } from '../../common/actions/describe_reason';
import type { RecordedAction } from '../../common/actions/record';
import { DateText } from '../components/date_text';
import { ExpandableText } from '../components/expandable_text';
import { nameInText } from '../components/shown_name';
import { withLocalTimes, useFormatTime } from '../lib/format_date';
import { AppLink } from './alert_links';
import { ReleaseSummary, type Timed } from './automatic_release';
import { historyPath } from './history_state';

/** The details of an automatic release, and the action that it ends. */

/** Whether the whole record says more about the automatic release than a list does. */
export const hasReleaseHistory = ({ automaticRelease }: Timed): boolean =>
  automaticRelease !== undefined &&
  (automaticRelease.version > 1 ||
    automaticRelease.state !== 'scheduled' ||
    automaticRelease.tries > 0 ||
    automaticRelease.attempts > 0);

const Change: FC<{ readonly change: ReleaseTimeChange }> = ({
  change: { at, username, to, comment },
}) => (
  <>
    {to === null ? (
      <FormattedMessage
        id="sentineloneResponse.release.cancelledAt"
        defaultMessage="Cancelled by {user}, {at}"
        values={{ user: nameInText(username), at: <DateText iso={at} /> }}
      />
    ) : (
      <FormattedMessage
        id="sentineloneResponse.release.changedAt"
        defaultMessage="Changed to {to} by {user}, {at}"
        values={{
          to: <DateText iso={to} />,
          user: nameInText(username),
          at: <DateText iso={at} />,
        }}
      />
    )}
    <ExpandableText text={comment} />
  </>
);

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

/** The most hosts that are listed; the record of the release has all. */
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

/** The automatic release of an action: how it stands, why, who changed it, and the record of the release. */
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
      {releaseTimeChanges.map((change, n) => (
        // A change has no identity but its position.
        <div key={n}>
          <Change change={change} />
        </div>
      ))}
    </>
  );
};

/** Of an automatic release: the action that it ends. */
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

/** Links to the actions whose pending automatic releases this one replaces; nothing where it replaces none. */
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
