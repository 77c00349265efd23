import type { Actor } from '../../common/actions/actor';
import type { AutomaticRelease, ReleaseTimeChange } from '../../common/actions/automatic_release';
import { reasonText } from '../../common/actions/describe_reason';
import type { Clock } from '../lib/clock';
import { TypedError } from '../lib/typed_error';
import type { AuditLog } from '../response_actions/ports';
import type { AutomaticReleaseStore, TimedAction } from './ports';

/** Changes and cancels a pending automatic release for a user. Nothing is sent. The caller has checked the privilege. */

export interface ReleaseTimeOrder {
  readonly actionId: string;
  readonly namespace: string | undefined;
  /** The version of the automatic release that the user has read. */
  readonly version: number;
  /** ISO 8601; null cancels it. */
  readonly releaseAt: string | null;
  readonly comment: string;
  readonly by: Actor;
}

export interface ChangeReleasePorts {
  readonly store: Pick<AutomaticReleaseStore, 'read' | 'update'>;
  readonly auditLog: Pick<AuditLog, 'releaseTimeChanged'>;
  readonly clock: Clock;
}

/** Attempts to write. Others may write to the record between reading and writing, such as the outcome of a host. */
const TRIES = 5;

function refused(reason: 'release_not_pending' | 'release_changed', detail?: string): TypedError {
  const { what, todo } = reasonText(reason, 'read', detail === undefined ? {} : { detail });
  return new TypedError(reason, `${what} ${todo}`);
}

/** Why it can no longer be changed. */
const WHY: Readonly<
  Record<Exclude<AutomaticRelease['state'], 'scheduled'>, (release: AutomaticRelease) => string>
> = {
  releasing: ({ beganAt }) => `It began at ${beganAt}`,
  ended: ({ endedAt }) => `It ended at ${endedAt}`,
  cancelled: ({ setBy }) => `${setBy} cancelled it`,
};

/**
 * Returns the automatic release if it is pending and has the version that the user has read. Throws a `TypedError`
 * otherwise.
 */
function changeable(
  action: TimedAction | undefined,
  version: number
): { readonly release: AutomaticRelease; readonly from: string } {
  const [first] = action?.groups ?? [];
  const release = first?.automaticRelease;
  if (release === undefined) throw refused('release_not_pending');
  if (release.state !== 'scheduled') {
    throw refused('release_not_pending', WHY[release.state](release));
  }
  if (first?.releaseAt == null) throw refused('release_not_pending');
  if (release.version !== version) {
    throw refused(
      'release_changed',
      `${release.setBy} set it to ${first.releaseAt} (version ${release.version})`
    );
  }
  return { release, from: first.releaseAt };
}

/**
 * Writes the new time or the cancellation, with the user and their comment. Throws a `TypedError` if the release has
 * begun or another user changed it. Of concurrent changes, or of a change and the start of the release, only one is
 * written, because each write requires the version of the record that was read.
 */
export async function changeRelease(
  { actionId, namespace, version, releaseAt, comment, by }: ReleaseTimeOrder,
  { store, auditLog, clock }: ChangeReleasePorts
): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const action = await store.read(actionId, namespace);
    const { release, from } = changeable(action, version);
    if (action === undefined) throw refused('release_not_pending');
    const [first] = action.groups;
    const change: ReleaseTimeChange = {
      at: new Date(clock()).toISOString(),
      username: by.username,
      ...(by.apiKey === undefined ? {} : { apiKey: by.apiKey }),
      from,
      to: releaseAt,
      comment,
    };
    const written = await store.update(
      action,
      {
        releaseAt,
        updatedAt: change.at,
        releaseTimeChanges: [...(first.releaseTimeChanges ?? []), change],
        automaticRelease: {
          ...release,
          state: releaseAt === null ? 'cancelled' : 'scheduled',
          version: release.version + 1,
          setBy: by.username,
          tries: 0,
          problem: null,
          nextCheckAt: releaseAt,
        },
      },
      { isShownAtOnce: true }
    );
    if (written === 'written') {
      auditLog.releaseTimeChanged(first, change, by);
      return;
    }
  }
  throw refused('release_changed');
}
