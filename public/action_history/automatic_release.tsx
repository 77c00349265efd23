import { type FC } from 'react';
import { EuiBadge, EuiText, EuiToolTip } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { FormattedMessage } from '@kbn/i18n-react';
import {
  isOverdue,
  type AutomaticRelease,
  type HandledHost,
} from '../../common/actions/automatic_release';
import { shortReason } from '../../common/actions/describe_reason';
import type { RecordedAction } from '../../common/actions/record';
import { DateText, isRecent, useMinuteTick } from '../components/date_text';
import { nameInText } from '../components/shown_name';

/** The state of the automatic release of an action. */

export type TimedIsolation = Pick<
  RecordedAction,
  'releaseAt' | 'automaticRelease' | 'handledHosts'
>;

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

/** Why nothing was sent, according to the hosts. */
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
  readonly record: TimedIsolation;
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

/** The state of the automatic release of an action, in one line; nothing for an action without one. */
export const ReleaseSummary: FC<{ readonly record: TimedIsolation }> = ({ record }) => {
  const { automaticRelease } = record;
  useMinuteTick(automaticRelease?.state === 'scheduled');
  return automaticRelease === undefined ? null : (
    <Summary record={record} release={automaticRelease} />
  );
};

/** The same below an outcome in a table. */
export const ReleaseUnderOutcome: FC<{ readonly record: TimedIsolation }> = ({ record }) =>
  record.automaticRelease === undefined ? null : (
    <EuiText size="xs" color="subdued">
      <ReleaseSummary record={record} />
    </EuiText>
  );
