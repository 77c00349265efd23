import Boom from '@hapi/boom';

/** Kinds of saved objects errors, by the names that Kibana gives them. */
type ErrorCode =
  | 'badRequest'
  | 'invalidVersion'
  | 'notAuthorized'
  | 'forbidden'
  | 'requestEntityTooLarge'
  | 'notFound'
  | 'conflict'
  | 'tooManyRequests'
  | 'esUnavailable'
  | 'generalError';

const code = Symbol.for('SavedObjectsClientErrorCode');
type Coded = Boom.Boom & { [code]?: ErrorCode };

const codeOf = (error: unknown): ErrorCode | undefined =>
  typeof error === 'object' && error !== null ? (error as Coded)[code] : undefined;

function decorate(error: Error, kind: ErrorCode, statusCode: number, message?: string): Boom.Boom {
  if (codeOf(error) !== undefined) return error as Boom.Boom;
  const boom: Coded = Boom.boomify(error, {
    statusCode,
    override: false,
    ...(message === undefined ? {} : { message }),
  });
  boom[code] = kind;
  return boom;
}

const is =
  (kind: ErrorCode) =>
  (error: unknown): boolean =>
    codeOf(error) === kind;

/** Kibana 8.12.2's `SavedObjectsErrorHelpers`: the same kinds, statuses and messages. */
export const SavedObjectsErrorHelpers = {
  isSavedObjectsClientError: (error: unknown): boolean => codeOf(error) !== undefined,
  isBadRequestError: is('badRequest'),
  isInvalidVersionError: is('invalidVersion'),
  isNotAuthorizedError: is('notAuthorized'),
  isForbiddenError: is('forbidden'),
  isRequestEntityTooLargeError: is('requestEntityTooLarge'),
  isNotFoundError: is('notFound'),
  isConflictError: is('conflict'),
  isTooManyRequestsError: is('tooManyRequests'),
  isEsUnavailableError: is('esUnavailable'),
  isGeneralError: is('generalError'),

  decorateBadRequestError: (error: Error, reason?: string) =>
    decorate(error, 'badRequest', 400, reason),
  decorateForbiddenError: (error: Error, reason?: string) =>
    decorate(error, 'forbidden', 403, reason),
  decorateConflictError: (error: Error, reason?: string) =>
    decorate(error, 'conflict', 409, reason),
  decorateGeneralError: (error: Error, reason?: string) =>
    decorate(error, 'generalError', 500, reason),
  createBadRequestError: (reason?: string) =>
    decorate(new Error('Bad Request'), 'badRequest', 400, reason),
  createUnsupportedTypeError: (type: string) =>
    decorate(
      new Error('Bad Request'),
      'badRequest',
      400,
      `Unsupported saved object type: '${type}'`
    ),
  createInvalidVersionError: (version?: string) =>
    decorate(Boom.badRequest(`Invalid version [${version}]`), 'invalidVersion', 400),
  createGenericNotFoundError: (type: string | null = null, id: string | null = null) =>
    decorate(
      type && id ? Boom.notFound(`Saved object [${type}/${id}] not found`) : Boom.notFound(),
      'notFound',
      404
    ),
  createConflictError: (type: string, id: string, reason?: string) =>
    decorate(Boom.conflict(`Saved object [${type}/${id}] conflict`), 'conflict', 409, reason),
};

/** An item's error in the answer of a bulk operation. */
export const errorContent = (error: Boom.Boom) =>
  error.output.payload as { error: string; message: string; statusCode: number };
