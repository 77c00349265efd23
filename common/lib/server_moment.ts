import * as t from 'io-ts';

/**
 * A moment on a clock of one Kibana process. Such a clock only goes forward and says nothing about the time of
 * day; moments of different clocks cannot be compared with each other.
 */
export const serverMomentCodec = t.type({
  /** Which process's clock. */
  clock: t.string,
  /** Milliseconds. */
  at: t.number,
});
export type ServerMoment = Readonly<t.TypeOf<typeof serverMomentCodec>>;
