import type { IEvent } from '@kbn/event-log-plugin/server';
import { onlyThese } from '../not_in_the_workbench';

/** Kibana's event log, kept in memory. */
export interface EventLog {
  readonly events: readonly IEvent[];
  write(event: IEvent): void;
}

/** The event log, and the `eventLog` plugin over it. */
export function createEventLog() {
  const events: IEvent[] = [];
  const providers = new Map<string, readonly string[]>();
  const write = (event: IEvent): void => {
    events.push({ '@timestamp': new Date().toISOString(), ...structuredClone(event) });
  };
  const log: EventLog = { events, write };
  const setup = onlyThese('eventLog (setup)', {
    isLoggingEntries: () => false,
    isIndexingEntries: () => true,
    registerProviderActions(provider: string, actions: string[]) {
      if (providers.has(provider)) throw new Error(`provider already registered: "${provider}"`);
      providers.set(provider, actions);
    },
    getLogger: (properties: IEvent) =>
      onlyThese('eventLogger', {
        logEvent: (event: IEvent) => {
          const own = properties.event as Record<string, unknown> | undefined;
          const given = event.event as Record<string, unknown> | undefined;
          write({ ...properties, ...event, event: { ...own, ...given } });
        },
        startTiming: (event: IEvent) => {
          const timed = event as { event?: Record<string, unknown> };
          timed.event = { ...timed.event, start: new Date().toISOString() };
        },
        stopTiming: (event: IEvent) => {
          const timed = event as { event?: Record<string, unknown> };
          timed.event = { ...timed.event, end: new Date().toISOString() };
        },
      }),
  });
  return { log, setup, start: onlyThese('eventLog (start)', {}) };
}
