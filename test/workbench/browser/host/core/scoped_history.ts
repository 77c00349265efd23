import {
  parsePath,
  type Action,
  type History,
  type Location,
  type LocationDescriptorObject,
  type LocationListener,
} from 'history';
import type { ScopedHistory } from '@kbn/core/public';

/**
 * The history that an app is given: paths are relative to `basePath`, and it goes silent and throws once
 * the page has left that path, as `core-application-browser-internal/src/scoped_history` of 8.12.2.
 */
export function createScopedHistory(parent: History, basePath: string): ScopedHistory {
  const listeners = new Set<LocationListener>();
  const blocks = new Set<() => void>();
  let isActive = true;
  const active = (): void => {
    if (isActive) return;
    throw new Error(
      `ScopedHistory instance has fell out of navigation scope for basePath: ${basePath}`
    );
  };
  const inside = (location: Location): Location => ({
    ...location,
    pathname: location.pathname.slice(basePath.length),
  });
  const outside = (path: string): string =>
    path === '' ? basePath : `${basePath}/${path}`.replace(/\/{2,}/g, '/');
  const outsideOf = (to: LocationDescriptorObject): LocationDescriptorObject =>
    to.pathname === undefined
      ? { ...to, pathname: parent.location.pathname }
      : { ...to, pathname: outside(to.pathname) };
  const descriptor = (to: string | LocationDescriptorObject, state?: unknown) =>
    typeof to === 'string' ? outsideOf({ ...parsePath(to), state }) : outsideOf(to);

  const stop = parent.listen((location, action) => {
    if (!location.pathname.startsWith(basePath)) {
      stop();
      isActive = false;
      for (const unblock of blocks) unblock();
      blocks.clear();
      return;
    }
    for (const listener of [...listeners]) listener(inside(location), action);
  });

  return {
    get length(): number {
      active();
      return parent.length;
    },
    get location(): Location {
      active();
      return inside(parent.location);
    },
    get action(): Action {
      active();
      return parent.action;
    },
    push: (to: string | LocationDescriptorObject, state?: unknown) => {
      active();
      parent.push(descriptor(to, state));
    },
    replace: (to: string | LocationDescriptorObject, state?: unknown) => {
      active();
      parent.replace(descriptor(to, state));
    },
    go: (steps: number) => {
      active();
      parent.go(steps);
    },
    goBack: () => {
      active();
      parent.goBack();
    },
    goForward: () => {
      active();
      parent.goForward();
    },
    createHref: (to: LocationDescriptorObject) => {
      active();
      return parent.createHref(outsideOf(to));
    },
    listen: (listener: LocationListener) => {
      active();
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    block: (prompt: Parameters<History['block']>[0]) => {
      active();
      const unblock = parent.block(prompt);
      blocks.add(unblock);
      return () => {
        blocks.delete(unblock);
        unblock();
      };
    },
    createSubHistory: <S>(path: string) => {
      active();
      return createScopedHistory(parent, outside(path)) as ScopedHistory<S>;
    },
  } as ScopedHistory;
}
