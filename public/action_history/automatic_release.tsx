import { type FC } from 'react';
import { EuiBadge, EuiText, EuiToolTip } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { FormattedMessage } from '@kbn/i18n-react';
import {
  isOverdue,
  type AutomaticRelease,
  type HandledHost,
  type ReleaseTimeChange,
} from '../../common/actions/automatic_release';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import { reasonText, shortReason } from '../../common/actions/reason_text';
import type { RecordedAction } from '../../common/actions/record';
import { DateText, isRecent, useMinuteTick } from '../components/date_text';
import { ExpandableText } from '../components/expandable_text';
import { nameInText } from '../components/shown_name';
import { withLocalTimes } from '../lib/local_times';
import { useFormatTime } from '../lib/use_format_time';
import { AppLink } from './alert_links';
import { historyPath } from './history_state';

/** The automatic end of an action, and the action that an automatic release ends. */

type Timed = Pick<RecordedAction, 'releaseAt' | 'automaticRelease' | 'handledHosts'>;

const notConfirmed = (): string =>
  i18n.translate('sentineloneResponse.release.notConfirmed', {
    defaultMessage: 'The release is due and not confirmed yet.',
  });

/** Marks a release that is due and not confirmed. The tooltip says why. */
export const OverdueBadge: FC<{ readonly release: AutomaticRelease | undefined }> = ({
  release,
}) => {
  const problem = release?.problem;
  return (
    <EuiToolTip
      content={problem == null ? notConfirmed() : (problem.detail ?? shortReason(problem.reason))}
    >
      <EuiBadge color="warning" iconType="clock" tabIndex={0}>
        {i18n.translate('sentineloneResponse.release.overdue', { defaultMessage: 'Overdue' })}
      </EuiBadge>
    </EuiToolTip>
  );
};

/** Why nothing was sent, from what is known of the hosts. */
function notNeededText(handledHosts: readonly HandledHost[] = []): string {
  const is = (kind: HandledHost['kind']) =>
    handledHosts.length > 0 && handledHosts.every((host) => host.kind === kind);
  if (is('released')) {
    return i18n.translate('sentineloneResponse.release.releasedBefore', {
      defaultMessage: 'Automatic release not needed: released before',
    });
  }
  return is('isolated_again')
    ? i18n.translate('sentineloneResponse.release.replaced', {
        defaultMessage: 'Automatic release replaced by a later isolation',
      })
    : i18n.translate('sentineloneResponse.release.notNeeded', {
        defaultMessage: 'Automatic release not needed: released or isolated again before',
      });
}

const Scheduled: FC<{ readonly releaseAt: string }> = ({ releaseAt }) => {
  const values = { time: <DateText iso={releaseAt} /> };
  return isRecent(releaseAt) ? (
    <FormattedMessage
      id="sentineloneResponse.release.soon"
      defaultMessage="Releases automatically {time}"
      values={values}
    />
  ) : (
    <FormattedMessage
      id="sentineloneResponse.release.at"
      defaultMessage="Releases automatically at {time}"
      values={values}
    />
  );
};

const Released: FC<{ readonly endedAt: string | null }> = ({ endedAt }) => {
  const values = { time: <DateText iso={endedAt} /> };
  return isRecent(endedAt) ? (
    <FormattedMessage
      id="sentineloneResponse.release.released"
      defaultMessage="Released automatically {time}"
      values={values}
    />
  ) : (
    <FormattedMessage
      id="sentineloneResponse.release.releasedAt"
      defaultMessage="Released automatically at {time}"
      values={values}
    />
  );
};

const Summary: FC<{
  readonly record: Timed;
  readonly release: AutomaticRelease;
}> = ({ record: { releaseAt, handledHosts, automaticRelease }, release }) => {
  const { state, outcome, problem, setBy, endedAt } = release;
  if (state === 'ended') {
    if (outcome === 'done') return <Released endedAt={endedAt} />;
    return outcome === 'failed' ? (
      <EuiBadge color="danger">
        {i18n.translate('sentineloneResponse.release.failed', {
          defaultMessage: 'Automatic release failed',
        })}
      </EuiBadge>
    ) : (
      <>{notNeededText(handledHosts)}</>
    );
  }
  if (state === 'cancelled' || releaseAt == null) {
    return (
      <>
        {i18n.translate('sentineloneResponse.release.cancelled', {
          defaultMessage: 'Automatic release cancelled by {user}',
          values: { user: nameInText(setBy) },
        })}
      </>
    );
  }
  if (state === 'releasing' && problem === null) {
    return (
      <>
        {i18n.translate('sentineloneResponse.release.releasing', {
          defaultMessage: 'Automatic release in progress',
        })}
      </>
    );
  }
  if (!isOverdue({ releaseAt, automaticRelease }, Date.now())) {
    return <Scheduled releaseAt={releaseAt} />;
  }
  return (
    <>
      <OverdueBadge release={release} />{' '}
      {problem === null
        ? i18n.translate('sentineloneResponse.release.overdueOnly', {
            defaultMessage: 'Automatic release not confirmed yet',
          })
        : i18n.translate('sentineloneResponse.release.overdueBecause', {
            defaultMessage: 'Automatic release not possible: {reason}',
            values: { reason: shortReason(problem.reason) },
          })}
    </>
  );
};

/** How the automatic release of an action stands, in one line; nothing for an action without one. */
export const ReleaseSummary: FC<{ readonly record: Timed }> = ({ record }) => {
  const { automaticRelease } = record;
  useMinuteTick(automaticRelease?.state === 'scheduled');
  if (automaticRelease === undefined) return null;
  return (
    <EuiText size="xs" color="subdued" data-test-subj="sentineloneResponseReleaseSummary">
      <Summary record={record} release={automaticRelease} />
    </EuiText>
  );
};

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
      defaultMessage: '{host}: released before{hasUser, select, yes { by {user}} other {}}',
      values,
    }),
  isolated_again: (values) =>
    i18n.translate('sentineloneResponse.release.hostIsolatedAgain', {
      defaultMessage: '{host}: isolated again{hasUser, select, yes { by {user}} other {}}',
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
      <ReleaseSummary record={record} />
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
