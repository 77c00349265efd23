import type { IEvent } from '@kbn/event-log-plugin/server';
import { closeSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Indices } from '../elasticsearch/indices';
import { jsonCopy } from '../json_copy';
import { onlyThese } from '../not_in_the_workbench';

/** How long (ms) Kibana 8.12.2 keeps events in memory before it writes them (`es/cluster_client_adapter.js`). */
const WRITTEN_AFTER = 1_000;
/** The data stream and the pattern of its indices in Kibana 8.12.2 (`es/names.js`). */
const DATA_STREAM = '.kibana-event-log-ds';
const INDEX_PATTERN = '.kibana-event-log-*';

/** Kibana's event log. */
export interface EventLog {
  /** What this node has logged, whether it is written or not. */
  readonly events: readonly IEvent[];
  write(event: IEvent): void;
}

/** Where events are written; several nodes may share it. */
interface EventStore {
  append(events: readonly IEvent[]): void;
  all(): readonly IEvent[];
  close(): void;
}

function inMemory(): EventStore {
  const written: IEvent[] = [];
  return { append: (events) => void written.push(...events), all: () => written, close: () => {} };
}

const FILE = 'event_log.jsonl';
const eventsIn = (path: string): readonly IEvent[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.endsWith('}'))
    .map((line) => JSON.parse(line) as IEvent);

/** The events that nodes with this folder have written. */
export const writtenEvents = (storeFolder: string): readonly IEvent[] =>
  eventsIn(join(storeFolder, FILE));

function inFolder(folder: string): EventStore {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, FILE);
  const file = openSync(path, 'a+');
  return {
    // One write, so that a kill leaves all lines or none.
    append: (events) =>
      void writeSync(file, events.map((event) => `${JSON.stringify(event)}\n`).join('')),
    all: () => eventsIn(path),
    close: () => closeSync(file),
  };
}

interface EventLogPorts {
  readonly indices: Indices;
  /** Undefined keeps events in memory. */
  readonly storeFolder: string | undefined;
}

/**
 * The event log, and the `eventLog` plugin over it. Events are written once a second: a node that is killed loses those
 * that it has not written.
 */
export function createEventLog({ indices, storeFolder }: EventLogPorts) {
  const store = storeFolder === undefined ? inMemory() : inFolder(storeFolder);
  const events: IEvent[] = [];
  let buffer: IEvent[] = [];
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (buffer.length > 0) store.append(buffer);
    buffer = [];
  };
  indices.setHiddenDataStream(DATA_STREAM, () =>
    store.all().map((event, n) => ({ _id: String(n), _source: event }))
  );

  const providers = new Map<string, readonly string[]>();
  const write = (event: IEvent): void => {
    const complete = { '@timestamp': new Date().toISOString(), ...jsonCopy(event) };
    events.push(complete);
    buffer.push(complete);
    timer ??= setTimeout(flush, WRITTEN_AFTER).unref();
  };
  const log: EventLog = { events, write };
  const setup = onlyThese('eventLog (setup)', {
    isLoggingEntries: () => false,
    isIndexingEntries: () => true,
    getIndexPattern: () => INDEX_PATTERN,
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
  return {
    log,
    setup,
    start: onlyThese('eventLog (start)', {}),
    /** Writes what is in memory, as Kibana does when it stops. */
    stop(): void {
      flush();
      store.close();
    },
  };
}
