import * as t from 'io-ts';
import { automaticReleaseCodec } from '../actions/automatic_release';
import { agentCodec } from '../hosts/agent';
import { nullableString, oneOf } from '../lib/validation';

/** A host that SentinelOne reports as isolated, isolating or releasing, independent of who requested it. */

/**
 * How it is known who isolated a host:
 * - `record`: Kibana isolated it, in this space or another one, and nothing says that somebody released and isolated it
 *   again outside Kibana since.
 * - `activity`: SentinelOne's activity log says when, and who if somebody did. Not recorded by this Kibana.
 * - `outside`: not by Kibana; the log says nothing, or the token may not read it.
 */
export const ISOLATION_SOURCES = ['record', 'activity', 'outside'] as const;
export type IsolationSource = (typeof ISOLATION_SOURCES)[number];

export const isolatedHostCodec = t.intersection([
  t.type({
    /** The agent as SentinelOne reports it, with `protectedBy` and `consoleUrl`. */
    agent: agentCodec,
    source: oneOf(ISOLATION_SOURCES),
    /** ISO 8601: isolated since, or requested at while it is isolating; null when that is not known. */
    since: nullableString,
    /** User of Kibana (`record`) or of SentinelOne's console or API (`activity`); null when that is not known. */
    by: nullableString,
  }),
  t.partial({
    /**
     * Of `activity`: `by` is the user to whom the API token of the connector belongs, so that it was isolated with that
     * token or by them in the console. Absent if that is not known.
     */
    isOwnToken: t.literal(true),
    /** The name of the API key or rule with which `by` isolated it. */
    apiKey: t.string,
    /** The record belongs to another space: nothing else of it is told. */
    isOtherSpace: t.literal(true),
    /** The action in the history of this space. The following fields are there only with it. */
    actionId: t.string,
    comment: t.string,
    /** The first alerts of the action, and how many it has. */
    alertIds: t.readonlyArray(t.string),
    alertCount: t.number,
    /** ISO 8601: when it is released automatically, also where that is overdue; absent where it never is. */
    releaseAt: t.string,
    /** How the automatic release stands: see `isOverdue`. */
    automaticRelease: automaticReleaseCodec,
    /** The action of this space that it ends, by whose id it can be changed; absent if that belongs to another space. */
    releaseOf: t.string,
    /** Who requested the release that is under way, and when (ISO 8601); absent where Kibana did not. */
    release: t.type({ by: t.string, at: t.string }),
  }),
]);
export type IsolatedHost = Readonly<t.TypeOf<typeof isolatedHostCodec>>;
