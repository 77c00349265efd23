/** Kibana 8.12.2; checked against `event-log-plugin/server/{event_log_service,event_logger}.js`. */
declare module '@kbn/event-log-plugin/server' {
  /** Its own strict schema decides: events that do not fit are warned of and dropped. */
  export type IEvent = Readonly<Record<string, unknown>>;

  export interface IEventLogger {
    logEvent(event: IEvent): void;
    startTiming(event: IEvent, startTime?: Date): void;
    stopTiming(event: IEvent): void;
  }

  export interface IEventLogService {
    isLoggingEntries(): boolean;
    isIndexingEntries(): boolean;
    /** The indices of the event log. */
    getIndexPattern(): string;
    /** Once per provider. */
    registerProviderActions(provider: string, actions: string[]): void;
    getLogger(properties: IEvent): IEventLogger;
  }
}
