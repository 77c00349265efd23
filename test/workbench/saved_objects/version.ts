import { SavedObjectsErrorHelpers } from './errors';

/** Where a document stands in its index: what Elasticsearch compares to find a conflict. */
export interface SequenceNumber {
  readonly seqNo: number;
  readonly primaryTerm: number;
}

/** For example `WzEsMV0=`. */
export const encodeVersion = ({ seqNo, primaryTerm }: SequenceNumber): string =>
  Buffer.from(JSON.stringify([seqNo, primaryTerm]), 'utf8').toString('base64');

/** Throws Kibana's 400 "Invalid version […]" for anything that `encodeVersion` did not make. */
export function decodeVersion(version: string): SequenceNumber {
  try {
    const [seqNo, primaryTerm, ...rest] = JSON.parse(
      Buffer.from(version, 'base64').toString('utf8')
    ) as number[];
    if (Number.isInteger(seqNo) && Number.isInteger(primaryTerm) && rest.length === 0) {
      return { seqNo: seqNo!, primaryTerm: primaryTerm! };
    }
  } catch {
    // Falls through to the one error.
  }
  throw SavedObjectsErrorHelpers.createInvalidVersionError(version);
}
