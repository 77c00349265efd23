import {
  SubActionConnector,
  type ConnectorUsageCollector,
  type ServiceParams,
  type SubAction,
} from '@kbn/actions-plugin/server';
import type { AxiosError } from 'axios';
import type { ConnectorConfig, ConnectorSecrets } from '../../common/api/connector';
import { LIMITS } from '../../common/lib/constants';
import { tenantOf } from '../../common/hosts/tenant';
import { schemaThat } from '../kibana/validation';
import { noAnswerWithin } from '../sentinelone_client/deadline';
import { redact, contentOf, headerOf } from '../sentinelone_client/received_content';
import type { ApiAnswer, ApiFailure, ApiRequest } from '../sentinelone_client/transport';
import { parseRetryAfter } from '../sentinelone_client/retry';

/** The part of axios' error that is used. Kibana's HTTP client throws it. */
export interface HttpClientError {
  readonly message: string;
  readonly code?: string;
  /** The system call that failed, on errors of the socket. */
  readonly syscall?: string;
  readonly response?: {
    readonly status: number;
    readonly data?: unknown;
    readonly headers?: unknown;
  };
}

/** Errors of the socket and of TLS that guarantee that nothing was sent. */
const NEVER_CONNECTED = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
];
const TIMED_OUT = ['ECONNABORTED', 'ETIMEDOUT'];

/**
 * Classifies an error of the HTTP client. `now` in ms since the epoch; the token is redacted
 * everywhere.
 */
export function apiFailureOf(error: HttpClientError, token: string, now: number): ApiFailure {
  const { response, code } = error;
  if (response !== undefined) {
    const retryAfter = parseRetryAfter(headerOf(response.headers, 'retry-after'), now);
    return {
      kind: 'status',
      status: response.status,
      content: contentOf(response, token),
      ...(retryAfter === undefined ? {} : { retryAfter }),
    };
  }
  if (/maxContentLength/.test(error.message)) return { kind: 'too_large' };
  const detail = redact(error.message, token).slice(0, LIMITS.sanitizeText);
  const of = code === undefined ? {} : { code };
  const connecting = code === 'ETIMEDOUT' && error.syscall === 'connect';
  if (connecting || (code !== undefined && NEVER_CONNECTED.includes(code))) {
    return { kind: 'not_connected', detail, ...of };
  }
  return { kind: 'lost', timedOut: code !== undefined && TIMED_OUT.includes(code), detail, ...of };
}

/** The client validates the responses itself. */
const ANY_RESPONSE = schemaThat((answer) => answer);

/** `a,b` stays readable in the query: SentinelOne's lists are comma-joined. */
const encode = (value: string): string => encodeURIComponent(value).replace(/%2C/g, ',');

/** A failed request to SentinelOne with its failure. */
class ApiFailureError extends Error {
  constructor(readonly failure: ApiFailure) {
    super('The request to SentinelOne failed');
  }
}

/** Base class for connectors that use the Management API over Kibana's own HTTP client. */
export abstract class ManagementApiConnector extends SubActionConnector<
  ConnectorConfig,
  ConnectorSecrets
> {
  /** The tenant of this connector. */
  protected get tenant(): string {
    return tenantOf(this.config.url);
  }

  /** Milliseconds that any request may take. */
  private readonly longest: number;
  private usageCollector: ConnectorUsageCollector | undefined;

  constructor(params: ServiceParams<ConnectorConfig, ConnectorSecrets>) {
    super(params);
    this.longest = params.configurationUtilities.getResponseSettings().timeout;
  }

  /** Registers a method; its requests are counted with the collector that the framework passes to it. */
  protected override registerSubAction(subAction: SubAction): void {
    super.registerSubAction(subAction);
    const run = Reflect.get(this, subAction.method) as (params: unknown) => unknown;
    Object.defineProperty(this, subAction.method, {
      // The framework creates a connector for each execution.
      value: (params: unknown, usageCollector?: ConnectorUsageCollector) => {
        this.usageCollector = usageCollector;
        return run.call(this, params);
      },
    });
  }

  /**
   * Kibana's HTTP client applies allowed hosts, proxy and TLS settings. Redirects are not followed.
   */
  protected readonly send = async ({
    method,
    path,
    query,
    body,
    timeoutMs = this.longest,
  }: ApiRequest): Promise<ApiAnswer> => {
    const search = Object.entries(query ?? {}).map(([name, value]) => `${name}=${encode(value)}`);
    const { origin } = new URL(this.config.url);
    const url = `${origin}/web/api/v2.1${path}${search.length > 0 ? `?${search.join('&')}` : ''}`;
    // The time-out of axios 1.6 restarts with every received byte, so a slow response would never end.
    const within = Math.min(timeoutMs, this.longest);
    const signal = AbortSignal.timeout(Math.ceil(within));
    try {
      const response = await this.request<unknown>(
        {
          url,
          method,
          data: body,
          headers: { Authorization: `ApiToken ${this.secrets.token}` },
          responseSchema: ANY_RESPONSE,
          maxRedirects: 0,
          signal,
        },
        this.usageCollector
      );
      const content = contentOf(response, this.secrets.token);
      // A response that does not have SentinelOne's form is not from its API, even with status 200.
      return content.form === 'data'
        ? { ok: true, body: response.data }
        : { ok: false, failure: { kind: 'status', status: response.status, content } };
    } catch (error) {
      const failure = this.failureOf(error);
      if (!signal.aborted || failure.kind === 'status') return { ok: false, failure };
      return {
        ok: false,
        failure: { kind: 'lost', timedOut: true, detail: noAnswerWithin(within) },
      };
    }
  };

  private failureOf(error: unknown): ApiFailure {
    if (error instanceof ApiFailureError) return error.failure;
    const message = error instanceof Error ? error.message : String(error);
    const detail = redact(message, this.secrets.token).slice(0, LIMITS.sanitizeText);
    return { kind: 'not_allowed', detail };
  }

  /**
   * The framework calls this to convert an error of axios to a text, and throws an `Error` that contains only that text
   * (`sub_action_connector.js`, `request`, 8.12.2). An error that is thrown here reaches `send` unchanged.
   */
  protected getResponseErrorMessage(error: AxiosError): never {
    throw new ApiFailureError(apiFailureOf(error, this.secrets.token, Date.now()));
  }
}
