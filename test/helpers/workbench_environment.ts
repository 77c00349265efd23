import { TestEnvironment } from 'jest-environment-node';
import type { openWorkbench } from './workbench_target';

declare global {
  /** Opens a workbench that the worker has loaded; undefined for other tests and with KIBANA_URL. */
  // eslint-disable-next-line no-var -- only a var is a property of the global object
  var openLoadedWorkbench: typeof openWorkbench | undefined;
}

/**
 * Node's environment with the workbench in it. Inside of the environment Jest loads 800 modules for each test file, which
 * was half of the time of contract tests. Here a worker loads them once, as one script.
 */
// eslint-disable-next-line import/no-default-export -- Jest wants one
export default class WorkbenchEnvironment extends TestEnvironment {
  override async setup(): Promise<void> {
    await super.setup();
    const script = process.env.WORKBENCH_SCRIPT;
    if (script === undefined) return;
    // The path is only known at run time.
    // eslint-disable-next-line @typescript-eslint/no-var-requires
    const loaded = require(script) as typeof import('./workbench_target');
    this.global.openLoadedWorkbench = loaded.openWorkbench;
  }
}
