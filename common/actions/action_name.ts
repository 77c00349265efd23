import { oneOf } from '../lib/validation';

/** The actions on hosts, in the order in which they are listed. Each has a row in `ACTION_DEFINITIONS`. */
export const ACTIONS = ['isolate', 'release', 'scan', 'abortScan'] as const;
export const actionCodec = oneOf(ACTIONS);
export type ActionName = (typeof ACTIONS)[number];

/** The action that is offered while the status of the host is unknown, or before an action is chosen. */
export const DEFAULT_ACTION: ActionName = ACTIONS[0];

/** The action whose durations the history summarizes. */
export const MEASURED_ACTION: ActionName = 'isolate';
