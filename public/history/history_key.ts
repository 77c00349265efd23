/** The first part of the keys of everything that was read of the history: invalid after an action. */
export const HISTORY_KEY = 'sentineloneResponse.history';
