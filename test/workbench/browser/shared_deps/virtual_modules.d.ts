/** Written by `build_shared_deps.ts`. */
declare module 'workbench:eui-icons' {
  import type { ComponentType } from 'react';
  /** Every icon of EUI by its name. */
  export const icons: Readonly<Record<string, ComponentType>>;
}

/** EUI publishes no declarations for its parts. */
declare module '@elastic/eui/es/components/icon/icon' {
  import type { ComponentType } from 'react';
  export function appendIconComponentCache(icons: Readonly<Record<string, ComponentType>>): void;
}
