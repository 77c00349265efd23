import Boom from '@hapi/boom';
import type { ResponseToolkit, ResponseObject } from '@hapi/hapi';
import { Readable } from 'node:stream';
import { KibanaResponse } from './kibana_response';

/** Kibana's response to an uncaught error: the client gets no details. */
export function internalError(): Boom.Boom {
  const error = new Boom.Boom('', { statusCode: 500 });
  error.output.payload.message =
    'An internal server error occurred. Check Kibana server logs for details.';
  return error;
}

/** `{ statusCode: 400, error: 'Bad Request', message }`. */
export function badRequest(message: string): Boom.Boom {
  const error = Boom.badRequest();
  error.output.payload.message = message;
  return error;
}

interface ElasticsearchErrorLike {
  readonly name?: string;
  readonly message: string;
  readonly meta?: { readonly body?: { readonly error?: { readonly reason?: string } } };
}

function messageOf(payload: unknown): string {
  if (!payload) throw new Error('expected error message to be provided');
  if (typeof payload === 'string') return payload;
  const error = payload as ElasticsearchErrorLike;
  if (error.name === 'ResponseError' && error.meta !== undefined) {
    return `[${error.message}]: ${error.meta.body?.error?.reason}`;
  }
  return messageOf(error.message);
}

const withHeaders = (response: ResponseObject, { options }: KibanaResponse): ResponseObject => {
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    response.header(name, value as string);
    // With quotes around it, and named after how the answer is packed, which is hapi's default.
    if (name.toLowerCase() === 'etag') response.etag(value as string);
  }
  return response;
};

function errorAnswer(answer: KibanaResponse, toolkit: ResponseToolkit) {
  const { payload, status, options } = answer;
  if (Buffer.isBuffer(payload) || payload instanceof Readable) {
    return withHeaders(toolkit.response(payload).code(status), answer);
  }
  const error = new Boom.Boom('', { statusCode: status });
  error.output.payload.message = messageOf(payload);
  if (typeof payload === 'object' && payload !== null && 'attributes' in payload) {
    const { attributes } = payload as { readonly attributes?: unknown };
    if (attributes) error.output.payload.attributes = attributes;
  }
  if (options.headers) error.output.headers = { ...(options.headers as Record<string, string>) };
  return error;
}

/**
 * Turns a handler's answer into hapi's, as Kibana 8.12.2 does: errors always have the form
 * `{ statusCode, error, message, attributes? }`. Throws when it is no answer of the factory.
 */
export function answerOf(answer: unknown, toolkit: ResponseToolkit): ResponseObject | Boom.Boom {
  if (!(answer instanceof KibanaResponse)) {
    throw new Error(
      `Unexpected result from Route Handler. Expected KibanaResponse, but given: ${typeof answer}.`
    );
  }
  const { status, payload, options } = answer;
  if (options.bypassErrorFormat === true || (status >= 100 && status < 300)) {
    return withHeaders(toolkit.response(payload as object).code(status), answer);
  }
  if (status >= 300 && status < 400) {
    const location = options.headers?.location;
    if (typeof location !== 'string') throw new Error("expected 'location' header to be set");
    const response = toolkit
      .response(payload as object)
      .redirect(location)
      .code(status)
      .takeover();
    return withHeaders(response, answer);
  }
  if (status >= 400 && status < 600) return errorAnswer(answer, toolkit);
  throw new Error(`Unexpected Http status code. Expected from 100 to 599, but given: ${status}.`);
}
