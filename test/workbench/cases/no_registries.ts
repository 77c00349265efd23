/** The registries that cases have in some version. One that a version does not have is undefined. */
export const NO_REGISTRIES = {
  registerExternalReference: undefined,
  registerUnified: undefined,
  /** What `registerUnified` was called before 9.4 was released, and may be called later (`types.ts@00227d0`). */
  registerAttachment: undefined,
};
