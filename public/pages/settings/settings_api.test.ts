import type { HttpStart } from '@kbn/core/public';
import { DEFAULT_PROTECTION_SETTINGS } from '../../../common/hosts/protection_settings';
import { settingsApi } from './settings_api';

type Http = Pick<HttpStart, 'get' | 'post' | 'put'>;

describe('settingsApi', () => {
  it.each([
    {
      name: 'protection settings',
      path: '/api/sentinelone_response/settings',
      body: { ...DEFAULT_PROTECTION_SETTINGS, maxHosts: 5 },
      read: 'protection',
      save: 'saveProtection',
    },
    {
      name: 'retention settings',
      path: '/internal/sentinelone_response/retention_settings',
      body: { daysKept: 90 },
      read: 'retention',
      save: 'saveRetention',
    },
  ] as const)('saves $name only over the version that was read', async (row) => {
    const answer = (etag: string) => ({
      body: row.body,
      response: { headers: { get: () => etag } },
    });
    const get = jest.fn(async () => answer('"1"'));
    const put = jest.fn(async () => answer('"2"'));
    const api = settingsApi({ get, put } as unknown as Http);
    const stored = await api[row.read]();
    expect(stored).toEqual({ settings: row.body, etag: '"1"' });
    const save = api[row.save] as (settings: unknown) => Promise<unknown>;
    expect(await save(stored)).toEqual({ settings: row.body, etag: '"2"' });
    expect(get).toHaveBeenCalledWith(row.path, expect.anything());
    expect(put).toHaveBeenCalledWith(
      row.path,
      expect.objectContaining({ headers: { 'if-match': '"1"' }, body: JSON.stringify(row.body) })
    );
  });
});
