import type { KibanaResponseFactory } from '@kbn/core/server';

/** Thrown for a connector type that the licence or the configuration does not allow; answers 403. */
export class ActionTypeDisabledError extends Error {
  constructor(
    message: string,
    readonly reason: 'config' | 'license_invalid'
  ) {
    super(message);
  }

  sendResponse(response: KibanaResponseFactory) {
    return response.forbidden({ body: { message: this.message } });
  }
}

/** Thrown for a change of a connector that `kibana.yml` holds; answers 400. */
export class PreconfiguredDisabledError extends Error {
  constructor(
    message: string,
    readonly disabledFrom: 'update' | 'delete'
  ) {
    super(message);
  }

  sendResponse(response: KibanaResponseFactory) {
    return response.badRequest({ body: { message: this.message } });
  }
}
