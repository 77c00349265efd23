import Boom from '@hapi/boom';

/** What the cases client rejects with (`cases-plugin/server/common/error.js`, 8.12.2). */
export class CaseError extends Error {
  readonly wrappedError: unknown;

  constructor(message: string, error: unknown) {
    super(`${message}: ${error}`);
    this.name = 'CaseError';
    this.wrappedError = error instanceof CaseError ? error.wrappedError : error;
  }

  /** The error that caused it, as an answer. */
  boomify(): Boom.Boom {
    const { wrappedError } = this;
    const statusCode = Boom.isBoom(wrappedError) ? wrappedError.output.statusCode : 500;
    const message = wrappedError instanceof Error ? wrappedError.message : this.message;
    return new Boom.Boom(message, { statusCode });
  }
}

/** Runs `work`; what it throws becomes a `CaseError` that begins with `message`. */
export async function asCaseError<A>(message: string, work: () => Promise<A>): Promise<A> {
  try {
    return await work();
  } catch (error) {
    throw new CaseError(message, error);
  }
}
