import type { ActionExecutionSource, KibanaRequest } from './types';

export const asHttpRequestExecutionSource = (source: KibanaRequest): ActionExecutionSource => ({
  type: 'HTTP_REQUEST',
  source,
});

export const asSavedObjectExecutionSource = (source: {
  readonly type: string;
  readonly id: string;
}): ActionExecutionSource => ({ type: 'SAVED_OBJECT', source });
