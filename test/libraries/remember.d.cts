/** Makes the functions of a module, but for hooks, keep what they return for a theme and for texts and numbers. */
declare function remember(exports: Record<string, unknown>): void;
export = remember;
