import { DATA_STREAMS, HOST_FIELDS, MODULES } from './data_streams';

describe('the table of data streams', () => {
  it('contains every stream of both integrations once', () => {
    const datasets = DATA_STREAMS.flatMap(({ datasets: own }): readonly string[] => own);
    expect(new Set(datasets).size).toBe(datasets.length);
    // The folders under data_stream/ of packages/sentinel_one in elastic/integrations.
    for (const stream of [
      'activity',
      'agent',
      'alert',
      'application',
      'application_risk',
      'group',
      'threat',
      'threat_event',
      'unified_alert',
    ]) {
      expect(datasets).toContain(`sentinel_one.${stream}`);
    }
    expect(datasets.filter((one) => one.startsWith('sentinel_one_cloud_funnel.'))).toHaveLength(14);
    expect(MODULES).toEqual(['sentinel_one', 'sentinel_one_cloud_funnel']);
  });

  it('has the source of every stream', () => {
    for (const { source } of DATA_STREAMS) expect(source).toMatch(/^packages\/sentinel_one/);
  });

  it('lists each field once', () => {
    expect(new Set(HOST_FIELDS).size).toBe(HOST_FIELDS.length);
  });
});
