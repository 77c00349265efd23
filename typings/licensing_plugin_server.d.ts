/** Kibana 8.12.2; checked against `licensing-plugin/server/{index,plugin}.js`, `licensing-plugin/common/license.js`. */
declare module '@kbn/licensing-plugin/server' {
  import type { Observable } from 'rxjs';

  export type LicenseType = 'basic' | 'standard' | 'gold' | 'platinum' | 'enterprise' | 'trial';
  export type LicenseCheckState = 'unavailable' | 'invalid' | 'valid' | 'expired';

  export interface LicenseCheck {
    readonly state: LicenseCheckState;
    readonly message?: string;
  }

  export interface ILicense {
    readonly uid?: string;
    readonly status?: string;
    readonly isActive: boolean;
    readonly isAvailable: boolean;
    readonly type?: LicenseType;
    readonly expiryDateInMillis?: number;
    getUnavailableReason(): string | undefined;
    hasAtLeast(minimum: LicenseType): boolean;
    check(pluginName: string, minimum: LicenseType): LicenseCheck;
  }

  interface Contract {
    readonly license$: Observable<ILicense>;
    refresh(): Promise<ILicense>;
  }

  export interface LicensingPluginSetup extends Contract {
    readonly featureUsage: { register(featureName: string, license: LicenseType): void };
  }

  export interface LicensingPluginStart extends Contract {
    readonly featureUsage: { notifyUsage(featureName: string, usedAt?: Date | number): void };
  }

  /** What `context.licensing` resolves to in a route. */
  export interface LicensingApiRequestHandlerContext {
    readonly license: ILicense;
  }
}
