import { i18n } from '@kbn/i18n';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import type { ActionName } from '../../common/actions/action_name';
import { reasonText, statusInText } from '../../common/actions/describe_reason';
import { withLocalTimes } from '../lib/format_date';
import { isOpen, type RecordedHost, type RecordedOutcome } from '../../common/actions/record';
import {
  summaryIn,
  type ListedRecord,
  type ResultStatus,
} from '../../common/actions/record_summary';
import { nameInText } from '../components/shown_name';
import { SECOND, MINUTE, HOUR, DAY } from '../../common/lib/constants';

/** Texts of the history. */

export const actionName = (action: ActionName): string =>
  ACTION_DEFINITIONS[action].texts.shortLabel();

const STATUS: Readonly<Record<ResultStatus, () => string>> = {
  awaiting_approval: () =>
    i18n.translate('sentineloneResponse.status.awaitingApproval', {
      defaultMessage: 'Awaiting approval',
    }),
  in_progress: () =>
    i18n.translate('sentineloneResponse.status.inProgress', { defaultMessage: 'In progress' }),
  succeeded: () =>
    i18n.translate('sentineloneResponse.status.succeeded', { defaultMessage: 'Succeeded' }),
  failed: () => i18n.translate('sentineloneResponse.status.failed', { defaultMessage: 'Failed' }),
  refused: () =>
    i18n.translate('sentineloneResponse.status.refused', { defaultMessage: 'Refused' }),
  unchanged: () =>
    i18n.translate('sentineloneResponse.status.unchanged', { defaultMessage: 'Unchanged' }),
};

/** The status of an action as a label. */
export const statusName = (status: ResultStatus): string => STATUS[status]();

const MEANING: Readonly<Record<RecordedOutcome, () => string>> = {
  done: () =>
    i18n.translate('sentineloneResponse.outcome.doneMeaning', {
      defaultMessage: 'SentinelOne confirmed the result.',
    }),
  requested: () =>
    i18n.translate('sentineloneResponse.outcome.requestedMeaning', {
      defaultMessage: 'SentinelOne accepted the request. The agent has not reported yet.',
    }),
  unchanged: () =>
    i18n.translate('sentineloneResponse.outcome.unchangedMeaning', {
      defaultMessage:
        'The host was already in this state, or it was already requested. Nothing was sent.',
    }),
  awaiting_approval: () =>
    i18n.translate('sentineloneResponse.outcome.awaitingApprovalMeaning', {
      defaultMessage: 'Another user has to approve this. Nothing was sent to SentinelOne.',
    }),
  refused: () =>
    i18n.translate('sentineloneResponse.outcome.refusedMeaning', {
      defaultMessage: 'Nothing was sent to SentinelOne.',
    }),
  failed: () =>
    i18n.translate('sentineloneResponse.outcome.failedMeaning', {
      defaultMessage: 'The request failed or had no effect.',
    }),
  pending: () =>
    i18n.translate('sentineloneResponse.outcome.pendingMeaning', {
      defaultMessage: 'The result is not known yet. Kibana is checking with SentinelOne.',
    }),
};

/** The meaning of an outcome, in one sentence. */
export const outcomeMeaning = (outcome: RecordedOutcome): string => MEANING[outcome]();

/**
 * Explains the result of an action for one host, beyond its outcome. `formatTime` formats an ISO 8601 time for the user.
 */
export function hostResultText(
  action: ActionName,
  host: RecordedHost,
  formatTime: (iso: string) => string
): string {
  const { reason, name, outcome, supersededBy } = host;
  const detail = host.detail && withLocalTimes(host.detail, formatTime);
  if (supersededBy !== undefined) {
    const values = { user: supersededBy.username };
    return ACTION_DEFINITIONS[supersededBy.action].texts.superseded(values);
  }
  if (reason !== undefined) {
    const { what, todo } = reasonText(reason, action, { name, detail });
    // Advice is shown only for outcomes about which the user can do something.
    return isOpen(host) || outcome === 'failed' || outcome === 'refused' ? `${what} ${todo}` : what;
  }
  const meaning =
    outcome === 'done'
      ? i18n.translate('sentineloneResponse.outcome.confirmed', {
          defaultMessage: 'SentinelOne confirmed the {status}.',
          values: { status: statusInText(action) },
        })
      : outcomeMeaning(outcome);
  return [meaning, ...(detail === undefined ? [] : [detail])].join(' ');
}

/** Texts of two units, and of the larger unit alone. */
const units: ReadonlyArray<{
  /** ms. */
  readonly large: number;
  readonly small: number;
  both(large: number, small: number): string;
  alone(large: number): string;
}> = [
  {
    large: DAY,
    small: HOUR,
    both: (d, h) =>
      i18n.translate('sentineloneResponse.duration.days', {
        defaultMessage: '{d} d {h} h',
        values: { d, h },
      }),
    alone: (d) =>
      i18n.translate('sentineloneResponse.duration.wholeDays', {
        defaultMessage: '{d} d',
        values: { d },
      }),
  },
  {
    large: HOUR,
    small: MINUTE,
    both: (h, min) =>
      i18n.translate('sentineloneResponse.duration.hours', {
        defaultMessage: '{h} h {min} min',
        values: { h, min },
      }),
    alone: (h) =>
      i18n.translate('sentineloneResponse.duration.wholeHours', {
        defaultMessage: '{h} h',
        values: { h },
      }),
  },
  {
    large: MINUTE,
    small: SECOND,
    both: (min, s) =>
      i18n.translate('sentineloneResponse.duration.minutes', {
        defaultMessage: '{min} min {s} s',
        values: { min, s },
      }),
    alone: (min) =>
      i18n.translate('sentineloneResponse.duration.wholeMinutes', {
        defaultMessage: '{min} min',
        values: { min },
      }),
  },
];

/** A duration (ms) by its two largest units: "850 ms", "3.4 s", "2 min 5 s", "5 min", "3 h 20 min", "4 d 2 h". */
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
  const whole = Math.round(ms / SECOND) * SECOND;
  for (const { large, small, both, alone } of units) {
    if (whole < large) continue;
    const rest = Math.floor((whole % large) / small);
    return rest === 0 ? alone(Math.floor(whole / large)) : both(Math.floor(whole / large), rest);
  }
  return i18n.translate('sentineloneResponse.duration.seconds', {
    defaultMessage: '{s} s',
    values: { s: whole / SECOND },
  });
}

/** The name of a host, or its UUID or agent id if it has none. */
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

/** The hosts of a record: "web-1", "web-1 and 2 others". */
export function hostsText(record: ListedRecord): string {
  const [first] = record.hosts;
  return i18n.translate('sentineloneResponse.history.hostsText', {
    defaultMessage:
      '{others, plural, =0 {{name}} one {{name} and # other} other {{name} and # others}}',
    values: {
      name: first === undefined ? '' : nameInText(hostName(first)),
      others: Math.max(0, summaryIn(record).hostCount - 1),
    },
  });
}
