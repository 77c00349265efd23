import { i18n } from '@kbn/i18n';
import type { ActionName } from '../../common/outcome';
import { reasonText } from '../../common/reason_text';
import { withLocalTimes } from '../hosts/local_times';
import { isOpen, type RecordedHost, type RecordedOutcome } from '../../common/record';

/** The history in words. */

export const actionName = (action: ActionName): string =>
  action === 'isolate'
    ? i18n.translate('sentineloneResponse.history.isolate', { defaultMessage: 'Isolate' })
    : i18n.translate('sentineloneResponse.history.release', { defaultMessage: 'Release' });

const OUTCOME: Readonly<Record<RecordedOutcome, () => string>> = {
  done: () => i18n.translate('sentineloneResponse.outcome.done', { defaultMessage: 'Done' }),
  requested: () =>
    i18n.translate('sentineloneResponse.outcome.requested', { defaultMessage: 'Requested' }),
  unchanged: () =>
    i18n.translate('sentineloneResponse.outcome.unchanged', { defaultMessage: 'Unchanged' }),
  refused: () =>
    i18n.translate('sentineloneResponse.outcome.refused', { defaultMessage: 'Refused' }),
  failed: () => i18n.translate('sentineloneResponse.outcome.failed', { defaultMessage: 'Failed' }),
  pending: () =>
    i18n.translate('sentineloneResponse.outcome.pending', { defaultMessage: 'Pending' }),
};

/** The outcome in a word. */
export const outcomeName = (outcome: RecordedOutcome): string => OUTCOME[outcome]();

const MEANING: Readonly<Record<RecordedOutcome, () => string>> = {
  done: () =>
    i18n.translate('sentineloneResponse.outcome.doneMeaning', {
      defaultMessage: 'SentinelOne was seen to report it.',
    }),
  requested: () =>
    i18n.translate('sentineloneResponse.outcome.requestedMeaning', {
      defaultMessage: 'SentinelOne accepted it, and the agent has not reported yet.',
    }),
  unchanged: () =>
    i18n.translate('sentineloneResponse.outcome.unchangedMeaning', {
      defaultMessage: 'It was like this already, or on its way; nothing was sent.',
    }),
  refused: () =>
    i18n.translate('sentineloneResponse.outcome.refusedMeaning', {
      defaultMessage: 'Nothing was sent to SentinelOne.',
    }),
  failed: () =>
    i18n.translate('sentineloneResponse.outcome.failedMeaning', {
      defaultMessage: 'It was sent or tried, and it did not happen.',
    }),
  pending: () =>
    i18n.translate('sentineloneResponse.outcome.pendingMeaning', {
      defaultMessage: 'It is not known yet what became of it; SentinelOne is being asked.',
    }),
};

/** What the outcome means, in a sentence. */
export const outcomeMeaning = (outcome: RecordedOutcome): string => MEANING[outcome]();

/**
 * What there is to know about how it went for a host, beyond its outcome. `formatTime` writes an ISO 8601
 * time as the reader wants it.
 */
export function hostStory(
  action: ActionName,
  host: RecordedHost,
  formatTime: (iso: string) => string
): string {
  const { reason, name, outcome, supersededBy } = host;
  const detail = host.detail && withLocalTimes(host.detail, formatTime);
  if (supersededBy !== undefined) {
    const values = { user: supersededBy.username };
    return supersededBy.action === 'isolate'
      ? i18n.translate('sentineloneResponse.history.supersededByIsolate', {
          defaultMessage: 'Superseded: {user} asked to isolate it later.',
          values,
        })
      : i18n.translate('sentineloneResponse.history.supersededByRelease', {
          defaultMessage: 'Superseded: {user} asked to release it later.',
          values,
        });
  }
  if (reason !== undefined) {
    const { what, todo } = reasonText(reason, action, { name, detail });
    // What to do helps where something can be done.
    return isOpen(host) || outcome === 'failed' || outcome === 'refused' ? `${what} ${todo}` : what;
  }
  return [outcomeMeaning(outcome), ...(detail === undefined ? [] : [detail])].join(' ');
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A duration (ms) by its two largest units: "850 ms", "3.4 s", "2 min 5 s", "3 h 20 min", "4 d 2 h". */
export function durationText(milliseconds: number): string {
  const ms = Math.max(0, Math.round(milliseconds));
  if (ms < SECOND) {
    return i18n.translate('sentineloneResponse.duration.milliseconds', {
      defaultMessage: '{ms} ms',
      values: { ms },
    });
  }
  if (ms < 9_950) {
    return i18n.translate('sentineloneResponse.duration.tenths', {
      defaultMessage: '{seconds} s',
      values: { seconds: (ms / SECOND).toFixed(1) },
    });
  }
  const s = Math.round(ms / SECOND);
  if (s < 60) {
    return i18n.translate('sentineloneResponse.duration.seconds', {
      defaultMessage: '{s} s',
      values: { s },
    });
  }
  if (s < HOUR / SECOND) {
    return i18n.translate('sentineloneResponse.duration.minutes', {
      defaultMessage: '{min} min {s} s',
      values: { min: Math.floor(s / 60), s: s % 60 },
    });
  }
  const min = Math.floor(ms / MINUTE);
  if (ms < DAY) {
    return i18n.translate('sentineloneResponse.duration.hours', {
      defaultMessage: '{h} h {min} min',
      values: { h: Math.floor(min / 60), min: min % 60 },
    });
  }
  return i18n.translate('sentineloneResponse.duration.days', {
    defaultMessage: '{d} d {h} h',
    values: { d: Math.floor(ms / DAY), h: Math.floor((ms % DAY) / HOUR) },
  });
}

/** A host by the best that is known of it. */
export const hostName = ({
  name,
  uuid,
  agentId,
}: Pick<RecordedHost, 'name' | 'uuid' | 'agentId'>) =>
  name ??
  uuid ??
  agentId ??
  i18n.translate('sentineloneResponse.history.namelessHost', {
    defaultMessage: 'host without a name',
  });
