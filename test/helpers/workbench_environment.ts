import { TestEnvironment } from 'jest-environment-node';

declare global {
  /** What a workbench is opened with, where the worker has loaded it; undefined for other tests, and with KIBANA_URL. */
  var loadedWorkbench: typeof import('./workbench_parts') | undefined;
}

/**
 * Node's environment, which brings the workbench. Inside of the environment Jest loads its 800 modules for each test
 * file, which was half of the time of contract tests. A worker loads them once here, as one script.
 */
// eslint-disable-next-line import/no-default-export -- Jest wants one
export default class WorkbenchEnvironment extends TestEnvironment {
  override async setup(): Promise<void> {
    await super.setup();
    const script = process.env.WORKBENCH_SCRIPT;
    // The path is only known at run time.
    // eslint-disable-next-line @typescript-eslint/no-var-requires
    if (script !== undefined) this.global.loadedWorkbench = require(script);
  }
}
