import type * as t from 'io-ts';
import { closedObject, refine, wholeNumber } from '../lib/validation';
import { commentCodec } from './connector';
import { bothReleaseTimes, releaseTimeFields } from './release_time';

/** The parameters of changing and cancelling the automatic release of an action. */

/** The kinds of change, by the last part of the path. */
export const RELEASE_CHANGES = ['changeRelease', 'cancelRelease'] as const;
export type ReleaseChangeName = (typeof RELEASE_CHANGES)[number];

const HIGHEST_VERSION = 1_000_000;
const fields = {
  comment: commentCodec,
  /** The `automaticRelease.version` that the caller has read, so that another user's change is not overwritten. */
  version: wholeNumber(1, HIGHEST_VERSION),
};

export const cancelReleaseBodyCodec = closedObject('the body', fields);
export type CancelReleaseBody = t.TypeOf<typeof cancelReleaseBodyCodec>;

/** The new time, in one of the forms that a request accepts. */
export const changeReleaseBodyCodec = refine(
  closedObject('the body', fields, releaseTimeFields),
  (body) =>
    body.releaseAt === undefined && body.releaseAfterMinutes === undefined
      ? {
          field: 'releaseAt',
          accepted: releaseTimeFields.releaseAt,
          message: 'accepted is either releaseAt or releaseAfterMinutes, and one of them is needed',
        }
      : bothReleaseTimes(body)
);
export type ChangeReleaseBody = t.TypeOf<typeof changeReleaseBodyCodec>;
