import type { CaseProblem } from '../../common/actions/case_attachment';
import { LIMITS } from '../../common/lib/constants';
import { statusOf } from '../lib/typed_error';

export interface CaseError {
  readonly reason: CaseProblem;
  /** Kibana's message, if it contains more. */
  readonly detail?: string;
  /** The case was changed in the meantime. A retry helps. */
  readonly isConflict?: boolean;
}

/** Errors of cases know their status and words only in this form (`cases-plugin/server/common/error.js`). */
interface Boomifiable {
  boomify?(): { readonly output: { readonly statusCode: number }; readonly message: string };
}

/** What an error of Kibana's cases means. Never throws. */
export function caseErrorOf(error: unknown): CaseError {
  const { boomify } = (error ?? {}) as Boomifiable;
  const known = typeof boomify === 'function' ? boomify.call(error) : undefined;
  switch (known?.output.statusCode ?? statusOf(error)) {
    case 403:
      return { reason: 'forbidden' };
    case 404:
      return { reason: 'not_found' };
    case 409:
      return { reason: 'unclear', isConflict: true };
    case 400: {
      const said = known?.message ?? (error instanceof Error ? error.message : '');
      return { reason: 'refused', detail: said.slice(0, LIMITS.sanitizeText) };
    }
    default:
      return { reason: 'unclear' };
  }
}
