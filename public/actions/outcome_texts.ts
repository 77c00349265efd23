import { i18n } from '@kbn/i18n';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import type { ActionName, HostResult } from '../../common/actions/outcome';
import { nameInText } from '../components/shown_name';
import { reachedBy, type ShownStatus } from '../host_status/network_status';

/** The words for hosts whose request was accepted, or for which there was nothing to send. */

/** `by` names who requested it before: `yes` where that is known, else `no`. */
interface UnchangedValues {
  readonly name: string;
  readonly by: 'yes' | 'no';
  readonly user: string;
  readonly time: string;
  readonly [key: string]: string;
}

interface OutcomeTexts {
  readonly accepted: (values: { readonly name: string }) => string;
  /** The host is in the state that the action aims for. */
  readonly already: (values: UnchangedValues) => string;
  /** An earlier request for the same is accepted, and the agent has not reported. */
  readonly alreadyRequested: (values: UnchangedValues) => string;
  /** One of the two. */
  readonly alreadyEither: (values: UnchangedValues) => string;
}

const TEXTS: Readonly<Record<ActionName, OutcomeTexts>> = {
  isolate: {
    accepted: (values) =>
      i18n.translate('sentineloneResponse.progress.isolating', {
        defaultMessage: 'Request accepted: isolating {name}',
        values,
      }),
    already: (values) =>
      i18n.translate('sentineloneResponse.progress.alreadyIsolated', {
        defaultMessage:
          '{name} was already isolated{by, select, yes {, by {user} at {time}} other {}}',
        values,
      }),
    alreadyRequested: (values) =>
      i18n.translate('sentineloneResponse.progress.isolationRequested', {
        defaultMessage:
          'The isolation of {name} was already requested{by, select, yes {, by {user} at {time}} other {}}',
        values,
      }),
    alreadyEither: (values) =>
      i18n.translate('sentineloneResponse.progress.isolatedOrRequested', {
        defaultMessage:
          '{name} was already isolated, or its isolation was requested{by, select, yes {, by {user} at {time}} other {}}',
        values,
      }),
  },
  release: {
    accepted: (values) =>
      i18n.translate('sentineloneResponse.progress.releasing', {
        defaultMessage: 'Request accepted: releasing {name}',
        values,
      }),
    already: (values) =>
      i18n.translate('sentineloneResponse.progress.alreadyReleased', {
        defaultMessage:
          '{name} was already released{by, select, yes {, by {user} at {time}} other {}}',
        values,
      }),
    alreadyRequested: (values) =>
      i18n.translate('sentineloneResponse.progress.releaseRequested', {
        defaultMessage:
          'The release of {name} was already requested{by, select, yes {, by {user} at {time}} other {}}',
        values,
      }),
    alreadyEither: (values) =>
      i18n.translate('sentineloneResponse.progress.releasedOrRequested', {
        defaultMessage:
          '{name} was already released, or its release was requested{by, select, yes {, by {user} at {time}} other {}}',
        values,
      }),
  },
};

/** SentinelOne accepted the request for the host of this name, and the agent has not reported. */
export const acceptedText = (action: ActionName, name: string): string =>
  TEXTS[action].accepted({ name: nameInText(name) });

/**
 * The host was in the wanted state already, or on its way there, so nothing was sent; who requested it and when,
 * where that is recorded. A `status` that tells neither leaves both open. `formatTime` writes an ISO 8601
 * time as the reader wants it.
 */
export function unchangedText(
  action: ActionName,
  name: string,
  { requestedBefore }: Pick<HostResult, 'requestedBefore'>,
  {
    status,
    formatTime,
  }: { readonly status: ShownStatus | undefined; readonly formatTime: (iso: string) => string }
): string {
  const { already, alreadyRequested, alreadyEither } = TEXTS[action];
  const { online, offline } = ACTION_DEFINITIONS[action].statuses.inProgress;
  const text =
    status !== undefined && reachedBy(action).includes(status)
      ? already
      : status === online || status === offline
        ? alreadyRequested
        : alreadyEither;
  return text({
    name: nameInText(name),
    by: requestedBefore === undefined ? 'no' : 'yes',
    user: requestedBefore === undefined ? '' : nameInText(requestedBefore.username),
    time: requestedBefore === undefined ? '' : formatTime(requestedBefore.requestedAt),
  });
}
