import type { Logger } from '@kbn/core/server';
import { NotAvailableError } from '../lib/typed_error';
import type { ServerIntegration, UnavailableIntegration } from '../../common/api/setup';

/** Without these no action is offered or executed: nobody's privileges or nothing of an action could be stored. */
const ESSENTIAL: readonly ServerIntegration[] = ['saved_objects', 'privileges'];

/**
 * What the plugin registers with Kibana. A version of Kibana may lack a contract or have another one, and a plugin
 * whose set-up throws keeps Kibana from starting. So each integration is registered on its own, and one that fails
 * leaves the others working.
 */
export class Integrations {
  private readonly problems = new Map<ServerIntegration, string>();

  constructor(private readonly log: Pick<Logger, 'error'>) {}

  /** Calls `register`; undefined if it throws, which is logged once. */
  register<A>(integration: ServerIntegration, register: () => A): A | undefined {
    try {
      return register();
    } catch (error) {
      this.failed(integration, error);
      return undefined;
    }
  }

  /** The same for what is started once Kibana has started. Never rejects. */
  async start(integration: ServerIntegration, start: () => Promise<void>): Promise<void> {
    try {
      await start();
    } catch (error) {
      this.failed(integration, error);
    }
  }

  private failed(integration: ServerIntegration, error: unknown): void {
    if (this.problems.has(integration)) return;
    const problem = error instanceof Error ? error.message : String(error);
    this.problems.set(integration, problem);
    this.log.error(`Not available in this version of Kibana: ${integration}. ${problem}`);
  }

  /** The integrations that failed, and why. */
  get unavailable(): readonly UnavailableIntegration[] {
    return [...this.problems].map(([integration, problem]) => ({ integration, problem }));
  }

  /** Throws if an integration is missing without which no action is possible. */
  assertEssential(): void {
    const missing = ESSENTIAL.find((one) => this.problems.has(one));
    if (missing === undefined) return;
    throw new NotAvailableError(
      `Not available in this version of Kibana: ${missing}. Without it no action is possible`
    );
  }
}
