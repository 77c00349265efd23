const level = (name: string, rank: number) => ({
  toString: () => name,
  toJSON: () => name,
  valueOf: () => rank,
});

/** How well a plugin does, from well to not at all. */
export const ServiceStatusLevels = {
  available: level('available', 0),
  degraded: level('degraded', 1),
  unavailable: level('unavailable', 2),
  critical: level('critical', 3),
};
