import type {
  ActionsSchema,
  ConnectorUsageCollector,
  ServiceParams,
  SubAction,
} from '@kbn/actions-plugin/server';
import type { ElasticsearchClient, Logger, SavedObjectsClientContract } from '@kbn/core/server';
import axios, { type AxiosError, type AxiosRequestConfig, type AxiosResponse } from 'axios';
import { isEmpty, isPlainObject } from 'lodash';
import { Agent } from 'node:https';
import { notInTheWorkbench } from '../not_in_the_workbench';
import { kibanaVersion } from '../versions/selected_version';
import { assertUrl } from './assert_url';
import { contractsBehind } from './config_utilities';
import { isUsageCollector } from './usage_collector';
import type { ConfigUtilities } from './types';
import { parsedBy } from './validate';

type RequestParams<Response> = AxiosRequestConfig & {
  readonly url: string;
  readonly responseSchema: ActionsSchema<Response>;
};

const isAxiosError = (error: unknown): error is AxiosError =>
  (error as Partial<AxiosError> | undefined)?.isAxiosError === true;

/** `a//b/` becomes `a/b`, but for the slashes behind the protocol. */
const normalizeUrl = (url: string): string =>
  (url.endsWith('/') ? url.slice(0, -1) : url).replace(/([^:]\/)\/+/g, '$1');

/**
 * `SubActionConnector` of Kibana (`actions-plugin/server/sub_action_framework`): what it does to a request and to its
 * errors is part of the contract.
 */
export abstract class SubActionConnector<Config, Secrets> {
  protected readonly logger: Logger;
  protected readonly esClient: ElasticsearchClient;
  protected readonly savedObjectsClient: SavedObjectsClientContract;
  protected readonly connector: ServiceParams<Config, Secrets>['connector'];
  protected readonly config: Config;
  protected readonly secrets: Secrets;
  private readonly configurationUtilities: ConfigUtilities;
  private readonly subActions = new Map<string, SubAction>();
  private readonly axiosInstance = axios.create();

  constructor(params: ServiceParams<Config, Secrets>) {
    this.connector = params.connector;
    this.logger = params.logger;
    this.config = params.config;
    this.secrets = params.secrets;
    this.savedObjectsClient = params.services.savedObjectsClient;
    this.esClient = params.services.scopedClusterClient;
    this.configurationUtilities = params.configurationUtilities;
  }

  protected abstract getResponseErrorMessage(error: AxiosError): string;

  protected registerSubAction(subAction: SubAction): void {
    this.subActions.set(subAction.name, subAction);
  }

  protected removeNullOrUndefinedFields<T>(data: T | undefined): Partial<T> | undefined {
    if (!isPlainObject(data)) return data;
    const kept = Object.entries(data as object).filter(([, value]) => value != null);
    return Object.fromEntries(kept) as Partial<T>;
  }

  getSubActions(): Map<string, SubAction> {
    return this.subActions;
  }

  /**
   * Every error of axios becomes `Error("Status code: N. Message: <getResponseErrorMessage>")`, or in later versions gets
   * this message.
   */
  protected async request<Response>(
    {
      url,
      data,
      method = 'get',
      responseSchema,
      headers,
      timeout = 0,
      ...rest
    }: RequestParams<Response>,
    usageCollector?: ConnectorUsageCollector
  ): Promise<AxiosResponse<Response>> {
    const { id, type } = this.connector;
    const { requestError, schemaMethod } =
      contractsBehind(this.configurationUtilities) ?? kibanaVersion().server;
    if (rest.responseType === 'stream') notInTheWorkbench('a response that is a stream');
    try {
      assertUrl(url);
      this.ensureAllowed(url);
      const normalized = normalizeUrl(url);
      this.logger.debug(
        `Request to external service. Connector Id: ${id}. Connector type: ${type} Method: ${method}. URL: ${normalized}`
      );
      const settings = this.configurationUtilities.getResponseSettings();
      const response = await this.axiosInstance<Response>(normalized, {
        ...rest,
        method,
        // Empty data is an empty object, in a GET too.
        data: isEmpty(data) ? {} : (data as unknown),
        headers: { ...headers, 'Content-Type': 'application/json' } as Record<string, string>,
        httpsAgent: new Agent(),
        proxy: false,
        maxContentLength: settings.maxContentLength,
        timeout: Math.max(settings.timeout, timeout),
      });
      if (isUsageCollector(usageCollector)) usageCollector.addRequestBodyBytes(data ?? {});
      try {
        parsedBy(responseSchema, response.data, schemaMethod);
      } catch (error) {
        throw new Error(`Response validation failed (${String(error)})`);
      }
      return response;
    } catch (error) {
      if (!isAxiosError(error)) throw error;
      this.logger.debug(
        `Request to external service failed. Connector Id: ${id}. Connector type: ${type}. Method: ${error.config?.method}. URL: ${error.config?.url}`
      );
      const status = error.status ?? error.response?.status;
      const message = `Status code: ${status}. Message: ${this.getResponseErrorMessage(error)}`;
      if (requestError === 'replaced') throw new Error(message);
      throw Object.assign(error, { message });
    }
  }

  private ensureAllowed(url: string): void {
    try {
      this.configurationUtilities.ensureUriAllowed(url);
    } catch (error) {
      throw new Error(`error configuring connector action: ${(error as Error).message}`);
    }
  }
}
