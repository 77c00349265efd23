import type { ConnectorUsageCollector } from '@kbn/actions-plugin/server';

/** `ConnectorUsageCollector` of Kibana 8.16 and later: the bytes that an execution has sent. */
class UsageCollector {
  private bytes = 0;

  /** Counts the body of a request, in JSON's form. */
  addRequestBodyBytes(body: unknown): void {
    this.bytes += Buffer.byteLength(JSON.stringify(body));
  }

  get requestBodyBytes(): number {
    return this.bytes;
  }
}

export const createUsageCollector = (): UsageCollector => new UsageCollector();

/** Whether this is the collector of an execution in the workbench. */
export const isUsageCollector = (
  collector: ConnectorUsageCollector | undefined
): collector is UsageCollector => collector instanceof UsageCollector;
