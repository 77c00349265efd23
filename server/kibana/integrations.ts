import type { Logger } from '@kbn/core/server';
import { NotAvailableError } from '../lib/typed_error';
import type { ServerIntegration, UnavailableIntegration } from '../../common/api/setup';

/** Without these, no action is offered or executed, because privileges or records could not be stored. */
const ESSENTIAL: readonly ServerIntegration[] = ['saved_objects', 'privileges'];

/**
 * The plugin's registrations with Kibana. A version of Kibana may lack a contract or have a different one, and Kibana
 * does not start if the set-up of a plugin throws. So each integration is registered separately, and a failure does not
 * affect the others.
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

  /** The same for work after Kibana's start. Never rejects. */
  async start(integration: ServerIntegration, start: () => Promise<void>): Promise<void> {
    try {
      await start();
    } catch (error) {
      this.failed(integration, error);
    }
  }

  /** Notes an integration that this version of Kibana has no contract for, which is no error. A failure stays noted. */
  absent(integration: ServerIntegration, problem: string): void {
    if (!this.problems.has(integration)) this.problems.set(integration, problem);
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

  /** Throws if an integration is missing that is required for actions. */
  assertEssential(): void {
    const missing = ESSENTIAL.find((one) => this.problems.has(one));
    if (missing === undefined) return;
    throw new NotAvailableError(
      `Not available in this version of Kibana: ${missing}. Without it no action is possible`
    );
  }
}
