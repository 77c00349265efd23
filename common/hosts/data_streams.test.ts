import { namesAgent } from './agent_fields';
import {
  DATA_STREAMS,
  HOST_FIELDS,
  ID_FIELDS,
  isSentinelOnesOwn,
  MODULES,
  UUID_FIELDS,
} from './data_streams';

describe('the table of data streams', () => {
  it('has every stream of both integrations once', () => {
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

  it('says of every stream where that was read', () => {
    for (const { source } of DATA_STREAMS) expect(source).toMatch(/^packages\/sentinel_one/);
  });

  it.each([...UUID_FIELDS, ...ID_FIELDS.filter(isSentinelOnesOwn)])(
    'agrees with what every page of Kibana loads about %s',
    (field) => expect(namesAgent({ [field]: 'x' })).toBe(true)
  );

  it('agrees with it about the id of the host in the documents of the integration', () => {
    for (const { datasets, id } of DATA_STREAMS) {
      for (const dataset of datasets) {
        if (!(id as readonly string[]).includes('host.id')) continue;
        expect(namesAgent({ 'host.id': 'x', 'event.dataset': dataset })).toBe(true);
      }
    }
    expect(namesAgent({ 'host.id': 'x', 'event.dataset': 'system.auth' })).toBe(false);
  });

  it('shows no tab for other ids in the documents of SentinelOne', () => {
    for (const field of [
      'sentinel_one.alert.agent.site_id',
      'sentinel_one.threat.agent.group.id',
      'sentinel_one.agent.account.id',
      'sentinel_one.site.id',
      'sentinel_one.unified_alert.assets.id',
      'sentinel_one_cloud_funnel.event.process_unique_key',
    ]) {
      expect(namesAgent({ [field]: 'x' })).toBe(false);
    }
  });

  it('is read in one list, each field once', () => {
    expect(new Set(HOST_FIELDS).size).toBe(HOST_FIELDS.length);
  });
});
