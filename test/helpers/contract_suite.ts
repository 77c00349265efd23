import { fleetOf, type Fleet } from './hosts';
import {
  openTarget,
  type HttpAnswer,
  type Target,
  type TargetOptions,
  type UserName,
} from './target';

/** The set-up of every contract test: the host under test, and a simulator in its initial state. */

export const BASE = '/internal/sentinelone_response';

/** Against an official Kibana, a fault with its retries takes longer than Jest's five seconds. */
const LONGEST_TEST = 60_000;

interface ContractSuite {
  readonly target: Target;
  /** The simulator's agents as they were when the test began. */
  readonly fleet: Fleet;
  /** A connected host with its name in alerts. */
  hostOf(n?: number): { readonly uuid: string | null; readonly name: string | null };
  /** `POST …/connector/{id}/_execute`: the connector without the plugin's routes. */
  execute(user: UserName, subAction: unknown, subActionParams: unknown): Promise<HttpAnswer>;
}

/** Registers Jest's hooks; call it once, at the top of a file. */
export function contractSuite(options: TargetOptions = {}): ContractSuite {
  let target: Target;
  let fleet: Fleet;
  jest.setTimeout(LONGEST_TEST);
  beforeAll(async () => {
    target = await openTarget(options);
  });
  afterAll(() => target?.close());
  beforeEach(async () => {
    await target.simulator.clearFaults();
    await target.simulator.reset();
    await target.simulator.clearCalls();
    fleet = await fleetOf(target.simulator);
  });
  return {
    get target() {
      return target;
    },
    get fleet() {
      return fleet;
    },
    hostOf(n = 0) {
      const { uuid, computerName: name } = fleet.connected[n]!;
      return { uuid, name };
    },
    execute: (user, subAction, subActionParams) =>
      target.request(user, 'POST', `/api/actions/connector/${target.connectorId}/_execute`, {
        body: { params: { subAction, subActionParams } },
      }),
  };
}

/**
 * Whether the host under test has what a test needs. The workbench always has, so that no test passes there without
 * checking anything; for an official Kibana that lacks it, one line reports what is not checked.
 */
export function hasPrecondition(target: Target, what: string, isMet: boolean): boolean {
  if (isMet) return true;
  if (target.kind === 'workbench') throw new Error(`The workbench has to have ${what}`);
  process.stderr.write(`Not checked in this Kibana, which has no ${what}\n`);
  return false;
}
