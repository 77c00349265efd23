import type { ILicense, LicenseCheck, LicenseType } from '@kbn/licensing-plugin/server';
import { BehaviorSubject } from 'rxjs';
import { onlyThese } from '../not_in_the_workbench';

const RANK: Readonly<Record<LicenseType, number>> = {
  basic: 10,
  standard: 20,
  gold: 30,
  platinum: 40,
  enterprise: 50,
  trial: 60,
};

const isLicenseType = (value: string): value is LicenseType => value in RANK;
/** Whether `type` is at least `minimum`. */
export const isAtLeast = (type: LicenseType, minimum: LicenseType): boolean =>
  RANK[type] >= RANK[minimum];

/** An active licence (`licensing-plugin/common/license.js`, 8.12.2). */
export function license(type: LicenseType): ILicense {
  const hasAtLeast = (minimum: LicenseType) => isAtLeast(type, minimum);
  const check = (pluginName: string, minimum: LicenseType): LicenseCheck => {
    if (!isLicenseType(minimum)) throw new Error(`"${minimum}" is not a valid license type`);
    if (hasAtLeast(minimum)) return { state: 'valid' };
    const message = `Your ${type} license does not support ${pluginName}. Please upgrade your license.`;
    return { state: 'invalid', message };
  };
  return onlyThese('license', {
    uid: 'workbench',
    status: 'active',
    isActive: true,
    isAvailable: true,
    type,
    mode: type,
    getUnavailableReason: () => undefined,
    hasAtLeast,
    check,
  });
}

/** The licensing plugin, with a licence that can be switched while it runs. */
export function createLicensing(initial: LicenseType) {
  const license$ = new BehaviorSubject(license(initial));
  const registered = new Map<string, LicenseType>();
  const shared = { license$, refresh: async () => license$.getValue() };
  return {
    current: () => license$.getValue(),
    switchTo: (type: LicenseType) => license$.next(license(type)),
    setup: onlyThese('licensing (setup)', {
      ...shared,
      featureUsage: {
        register: (name: string, type: LicenseType) => {
          const existing = registered.get(name);
          if (existing !== undefined && existing !== type) {
            throw new Error(
              `Feature '${name}' has already been registered with another license type. (current: ${existing}, new: ${type})`
            );
          }
          registered.set(name, type);
        },
      },
    }),
    start: onlyThese('licensing (start)', {
      ...shared,
      featureUsage: {
        notifyUsage: (name: string) => {
          if (!registered.has(name)) throw new Error(`Feature '${name}' is not registered.`);
        },
      },
    }),
    context: () => ({ license: license$.getValue() }),
  };
}
export type Licensing = ReturnType<typeof createLicensing>;
