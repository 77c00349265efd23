/** Written by `build_host.ts` from `kibana.jsonc`. */
declare module 'workbench:manifest' {
  export const manifest: {
    readonly id: string;
    readonly requiredPlugins: readonly string[];
    readonly optionalPlugins: readonly string[];
    readonly requiredBundles: readonly string[];
  };
}
