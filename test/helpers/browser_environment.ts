import { TestEnvironment } from 'jest-environment-node';

/** Node's environment, in which what comes after a browser test can tell whether it failed. */
// eslint-disable-next-line import/no-default-export -- Jest wants one
export default class BrowserEnvironment extends TestEnvironment {
  /** Called by Jest for all that happens. */
  handleTestEvent({ name }: { readonly name: string }): void {
    if (name === 'test_start') this.global.testFailed = false;
    if (name === 'test_fn_failure') this.global.testFailed = true;
  }
}
