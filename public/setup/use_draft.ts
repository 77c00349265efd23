import { useState } from 'react';
import type { HostGuards } from '../../common/host_guards';
import type { StoredGuards } from './setup_api';

export interface Draft {
  readonly guards: HostGuards;
  setGuards(guards: HostGuards): void;
  /** What is being changed. */
  readonly base: StoredGuards;
  /** True when what is stored has become another than what is being changed. */
  readonly isOutdated: boolean;
  /** Says that this was stored, as it will be known in a moment. */
  noteSaved(saved: StoredGuards): void;
  /** Drops all changes. */
  drop(): void;
}

interface Change {
  readonly guards: HostGuards;
  readonly base: StoredGuards;
  /** The tag under which it was stored. */
  readonly savedAs?: string;
}

const areSame = (some: HostGuards, others: HostGuards): boolean =>
  JSON.stringify(some) === JSON.stringify(others);

/**
 * A change to settings that is not saved yet. Without one it follows what is stored; with one it tells when
 * somebody else has stored something, and keeps what it has.
 */
export function useDraft(stored: StoredGuards): Draft {
  const [change, setChange] = useState<Change>();
  const current = change?.savedAs === stored.etag ? undefined : change;
  const base = current?.base ?? stored;
  return {
    guards: current?.guards ?? stored.guards,
    base,
    isOutdated: current !== undefined && current.savedAs === undefined && base.etag !== stored.etag,
    setGuards: (guards) => setChange(areSame(guards, base.guards) ? undefined : { guards, base }),
    noteSaved: (saved) =>
      setChange((latest) => {
        if (latest === undefined) return undefined;
        // What was typed meanwhile is a change to what was saved.
        if (!areSame(latest.guards, saved.guards)) return { guards: latest.guards, base: saved };
        return { ...latest, savedAs: saved.etag };
      }),
    drop: () => setChange(undefined),
  };
}
