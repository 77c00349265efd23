import type { HttpResponse, HttpStart } from '@kbn/core/public';
import type {
  ProtectionPreview,
  ProtectionSettings,
  ProtectedHost,
} from '../../../common/hosts/protection_settings';
import { PUBLIC_API_VERSION, PUBLIC_ROUTE } from '../../../common/api/public_api';
import { INTERNAL_API_VERSION } from '../../../common/lib/constants';
import { ROUTE } from '../../../common/api/routes';
import type { RetentionSettings } from '../../../common/api/retention_settings';

/** Settings as they were read, and their `ETag`, by which the server detects later changes. */
export interface StoredSettings<A> {
  readonly settings: A;
  readonly etag: string;
}

/** The requests of the Settings page. Every function rejects with Kibana's `IHttpFetchError`. */
export interface SettingsApi {
  /** Protected hosts and the limits of an action. */
  protection(): Promise<StoredSettings<ProtectionSettings>>;
  /** Rejects with 412 if another user has changed them since they were read. */
  saveProtection(
    settings: StoredSettings<ProtectionSettings>
  ): Promise<StoredSettings<ProtectionSettings>>;
  /** How long records are kept. */
  retention(): Promise<StoredSettings<RetentionSettings>>;
  /** Rejects with 412 if another user has changed them since they were read. */
  saveRetention(
    settings: StoredSettings<RetentionSettings>
  ): Promise<StoredSettings<RetentionSettings>>;
  /** The agents that the patterns match now, read from SentinelOne. */
  previewProtection(protectedHosts: readonly ProtectedHost[]): Promise<ProtectionPreview>;
}

const stored = <A>({ body, response }: HttpResponse<A>): StoredSettings<A> => ({
  settings: body!,
  etag: response!.headers.get('etag')!,
});

/** The settings' routes, as the current user. */
export function settingsApi(http: Pick<HttpStart, 'get' | 'post' | 'put'>): SettingsApi {
  const pair = <A>(path: string, version: string) => ({
    read: async (): Promise<StoredSettings<A>> =>
      stored(await http.get<HttpResponse<A>>(path, { version, asResponse: true })),
    save: async ({ settings, etag }: StoredSettings<A>): Promise<StoredSettings<A>> =>
      stored(
        await http.put<HttpResponse<A>>(path, {
          version,
          body: JSON.stringify(settings),
          headers: { 'if-match': etag },
          asResponse: true,
        })
      ),
  });
  const protection = pair<ProtectionSettings>(PUBLIC_ROUTE.settings, PUBLIC_API_VERSION);
  const retention = pair<RetentionSettings>(ROUTE.retentionSettings, INTERNAL_API_VERSION);
  return {
    protection: protection.read,
    saveProtection: protection.save,
    retention: retention.read,
    saveRetention: retention.save,
    previewProtection: (protectedHosts) =>
      http.post(ROUTE.protectionPreview, {
        version: INTERNAL_API_VERSION,
        body: JSON.stringify({ protectedHosts }),
      }),
  };
}
