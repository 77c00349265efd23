import * as t from 'io-ts';

/**
 * A moment on the monotonic clock of one Kibana process. It has no relation to the time of day; moments of different
 * clocks cannot be compared.
 */
export const serverMomentCodec = t.type({
  /** Identifies the process. */
  clock: t.string,
  /** Milliseconds. */
  at: t.number,
});
export type ServerMoment = Readonly<t.TypeOf<typeof serverMomentCodec>>;
