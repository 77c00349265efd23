const level = (name: string, rank: number) => ({
  toString: () => name,
  toJSON: () => name,
  valueOf: () => rank,
});

/** The status levels of a plugin, from available to critical. */
export const ServiceStatusLevels = {
  available: level('available', 0),
  degraded: level('degraded', 1),
  unavailable: level('unavailable', 2),
  critical: level('critical', 3),
};
