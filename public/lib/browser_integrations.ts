import { PLUGIN_NAME } from '../../common/lib/constants';

/** What the plugin adds to Kibana in the browser. */
export type BrowserIntegration =
  | 'app'
  | 'connector_form'
  | 'alerts_table'
  | 'doc_viewer'
  | 'case_view'
  | 'take_action_menu'
  | 'cell_actions';

export interface UnavailableInBrowser {
  readonly integration: BrowserIntegration;
  /** The error; undefined if this version of Kibana simply has no such contract. */
  readonly problem?: string;
}

/**
 * Registers each integration on its own: a version of Kibana may lack a contract or have another one, and a plugin that
 * throws breaks every page. Loaded with every page, so it contains as little as possible.
 */
export class BrowserIntegrations {
  /** The integrations that are not available, for the Set up page. */
  readonly unavailable: UnavailableInBrowser[] = [];

  /** Calls `register`, which returns false if this version of Kibana has no such contract. Never throws. */
  register(integration: BrowserIntegration, register: () => unknown): void {
    try {
      if (register() === false) this.unavailable.push({ integration });
    } catch (error) {
      this.failed(integration, error);
    }
  }

  /** Notes an error of an integration, the first one of each, and writes it to the browser console. Never throws. */
  failed(integration: BrowserIntegration, error: unknown): void {
    if (this.unavailable.some((one) => one.integration === integration)) return;
    const problem = `${error}`;
    this.unavailable.push({ integration, problem });
    // eslint-disable-next-line no-console -- the log of the browser; the page does not depend on it
    console.warn(PLUGIN_NAME, `not available here: ${integration}.`, problem);
  }
}
