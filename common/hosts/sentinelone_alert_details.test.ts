import fc from 'fast-check';
import {
  ALERT_DETAIL_FIELDS,
  SENTINELONE_NAME_FIELDS,
  alertDetailFieldsOf,
  sentinelOneNameOf,
} from './sentinelone_alert_details';

/** Reads flat documents. */
const reader = (document: Readonly<Record<string, readonly string[]>>) => (field: string) =>
  document[field] ?? [];
const of = (stream: string, fields: Readonly<Record<string, readonly string[]>>) =>
  reader({ 'event.dataset': [`sentinel_one.${stream}`], ...fields });
const factsOf = (read: ReturnType<typeof reader>) =>
  alertDetailFieldsOf(read).map(({ id, value }) => [id, value]);

it('returns the details of an alert of a STAR custom rule', () => {
  const read = of('alert', {
    'rule.name': ['Suspicious PowerShell'],
    'sentinel_one.alert.rule.severity': ['Critical'],
    'sentinel_one.alert.rule.treat_as_threat': ['Suspicious'],
    'sentinel_one.alert.info.status': ['Unresolved'],
    'sentinel_one.alert.analyst_verdict': ['Undefined'],
    'sentinel_one.alert.target.process.file.path': ['C:\\x.exe'],
  });
  expect(factsOf(read)).toEqual([
    ['rule', 'Suspicious PowerShell'],
    ['severity', 'Critical'],
    ['treatAsThreat', 'Suspicious'],
    ['incident', 'Unresolved'],
    ['verdict', 'Undefined'],
    ['filePath', 'C:\\x.exe'],
  ]);
  expect(sentinelOneNameOf(read)).toBe('Suspicious PowerShell');
});

it('returns the details of a threat, in SentinelOne’s words where available', () => {
  const read = of('threat', {
    'sentinel_one.threat.name': ['default.exe'],
    'sentinel_one.threat_classification.name': ['Trojan'],
    'sentinel_one.threat.confidence_level': ['malicious'],
    'sentinel_one.threat.mitigation.description': ['Not mitigated'],
    'sentinel_one.threat.mitigation.status': ['not_mitigated'],
    'sentinel_one.threat.incident.status': ['unresolved'],
    'sentinel_one.threat.analysis.verdict': ['undefined'],
    'user.name': ['CORP\\anna'],
    'sentinel_one.threat.process_user': ['NT AUTHORITY\\SYSTEM'],
    'file.path': ['default.exe'],
    'threat.indicator.file.size': ['1234'],
  });
  expect(factsOf(read)).toEqual([
    ['threat', 'default.exe'],
    ['classification', 'Trojan'],
    ['confidence', 'malicious'],
    ['mitigation', 'Not mitigated'],
    ['incident', 'unresolved'],
    ['verdict', 'undefined'],
    ['loggedInUser', 'CORP\\anna'],
    ['processUser', 'NT AUTHORITY\\SYSTEM'],
    ['filePath', 'default.exe'],
    ['fileSize', '1234'],
  ]);
  expect(sentinelOneNameOf(read)).toBe('default.exe');
});

it('returns the details of a unified alert, for every asset that it names', () => {
  const users = ['a', 'b', 'a', 'c', 'd', 'e', 'f'];
  const read = of('unified_alert', {
    'sentinel_one.unified_alert.name': ['eicar.com.txt detected as Malware'],
    'sentinel_one.unified_alert.severity': ['MEDIUM'],
    'sentinel_one.unified_alert.classification': ['MALWARE'],
    'sentinel_one.unified_alert.result': ['UNMITIGATED'],
    'sentinel_one.unified_alert.analyst_verdict': ['UNDEFINED'],
    'sentinel_one.unified_alert.assets.last_logged_in_user': users,
  });
  expect(factsOf(read)).toEqual([
    ['alertName', 'eicar.com.txt detected as Malware'],
    ['severity', 'MEDIUM'],
    ['classification', 'MALWARE'],
    ['mitigation', 'UNMITIGATED'],
    ['verdict', 'UNDEFINED'],
    ['loggedInUser', 'a, b, c, d, e and 1 more'],
  ]);
  expect(sentinelOneNameOf(read)).toBe('eicar.com.txt detected as Malware');
});

it('does not show the user of the process as the logged-in user', () => {
  const read = of('threat', {
    'user.name': ['test user'],
    'sentinel_one.threat.process_user': ['test user'],
  });
  expect(factsOf(read)).toEqual([['processUser', 'test user']]);
  const upn = of('threat', {
    'user.name': ['test user'],
    'sentinel_one.threat.process_user': ['test user'],
    'sentinel_one.threat.detection.agent.last_logged_in.upn': ['anna@corp.example'],
  });
  expect(factsOf(upn)).toContainEqual(['loggedInUser', 'anna@corp.example']);
});

it('ignores fields of other streams and other documents', () => {
  const everything = Object.fromEntries(
    Object.values(ALERT_DETAIL_FIELDS).flatMap(({ places }) =>
      places.map(({ field }) => [field, ['x']])
    )
  );
  for (const dataset of ['system.auth', 'sentinel_one', 'sentinel_one.agent', '']) {
    expect(factsOf(reader({ ...everything, 'event.dataset': [dataset] }))).toEqual([]);
  }
  expect(factsOf(reader(everything))).toEqual([]);
  expect(sentinelOneNameOf(reader({ 'rule.name': ['Nobody'] }))).toBeNull();
  expect(factsOf(of('threat', { 'rule.name': ['Nobody'] }))).toEqual([]);
});

it('reads the name from the fields that the list of alerts requests', () => {
  const streams = fc.constantFrom('alert', 'threat', 'unified_alert', 'agent');
  fc.assert(
    fc.property(streams, fc.subarray([...SENTINELONE_NAME_FIELDS]), (stream, fields) => {
      const all = Object.fromEntries(fields.map((field) => [field, [`of ${field}`]]));
      const asked: string[] = [];
      const read = of(stream, all);
      const name = sentinelOneNameOf((field) => {
        asked.push(field);
        return read(field);
      });
      expect(
        asked.every((field) => /dataset$/.test(field) || SENTINELONE_NAME_FIELDS.includes(field))
      ).toBe(true);
      if (name !== null) expect(fields.map((field) => `of ${field}`)).toContain(name);
    })
  );
});

it('has a source for each detail', () => {
  for (const { source, places, label } of Object.values(ALERT_DETAIL_FIELDS)) {
    expect(source).toMatch(/pipeline|fields|sample_event/);
    expect(places.length).toBeGreaterThan(0);
    expect(label().split(' ').length).toBeLessThanOrEqual(3);
  }
});
