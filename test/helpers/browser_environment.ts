import { launchBrowser } from './browser';
import WorkbenchEnvironment from './workbench_environment';

declare global {
  // Only a var is a property of the global object.
  /** Whether the test that ran last failed. */
  var testFailed: boolean;
  /** Starts a browser. */
  var startBrowser: typeof launchBrowser;
}

/**
 * The environment with the workbench, in which what comes after a browser test can tell whether it failed. It starts the browsers,
 * because a worker loads Playwright once for all files here, and inside of the environment for each of them.
 */
// eslint-disable-next-line import/no-default-export -- Jest wants one
export default class BrowserEnvironment extends WorkbenchEnvironment {
  override async setup(): Promise<void> {
    await super.setup();
    this.global.startBrowser = launchBrowser;
  }

  /** Called by Jest for all that happens. */
  handleTestEvent({ name }: { readonly name: string }): void {
    if (name === 'test_start') this.global.testFailed = false;
    if (name === 'test_fn_failure') this.global.testFailed = true;
  }
}
