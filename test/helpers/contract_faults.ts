/** What can be wrong with a contract of Kibana that the plugin uses, as the value in its place. */
export const FAULTS = {
  missing: undefined,
  throwing: () => {
    throw new Error('removed in this version');
  },
  'of another shape': {},
} as const;
export type FaultName = keyof typeof FAULTS;
export const FAULT_NAMES = Object.keys(FAULTS) as readonly FaultName[];
