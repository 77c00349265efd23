import * as fc from 'fast-check';
import {
  affectedBy,
  fleetOf,
  generalCalls,
  idsOf,
  type Fleet,
  type SimulatedAgent,
} from '../helpers/hosts';
import { openTarget, type Target, type UserName } from '../helpers/target';

/** Protection settings: how they are saved, by which users, and that every request path applies them. */

const PATH = '/api/sentinelone_response/settings';
const INTERNAL = '/internal/sentinelone_response';
const DEFAULTS = { protectedHosts: [], commentRequired: true, maxHosts: 1_000 };
const RUNS = Number(process.env.PROPERTY_RUNS ?? 150);

jest.setTimeout(300_000);

let target: Target;
let fleet: Fleet;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(async () => {
  await put('admin', DEFAULTS);
  await target.close();
});
beforeEach(async () => {
  expect((await put('admin', DEFAULTS)).status).toBe(200);
  await target.simulator.reset();
  await target.simulator.clearCalls();
  fleet = await fleetOf(target.simulator);
});

const get = (user: UserName) => target.request(user, 'GET', PATH);
const put = (user: UserName, body: unknown, ifMatch?: string) =>
  target.request(user, 'PUT', PATH, {
    body,
    headers: ifMatch === undefined ? {} : { 'if-match': ifMatch },
  });

/** The ways to an isolation: button, bulk, direct execution (which is also a rule's), public API. */
const REQUEST_PATHS = ['button', 'execute', 'api'] as const;
type RequestPath = (typeof REQUEST_PATHS)[number];
async function isolate(path: RequestPath, hosts: readonly object[], comment = 'settings') {
  const order = { hosts, comment };
  switch (path) {
    case 'button':
      return target.request('analyst', 'POST', `${INTERNAL}/hosts/_isolate`, { body: order });
    case 'api':
      return target.request('analyst', 'POST', '/api/sentinelone_response/actions', {
        body: { action: 'isolate', ...order },
      });
    case 'execute':
      return target.request(
        'analyst',
        'POST',
        `/api/actions/connector/${target.connectorId}/_execute`,
        { body: { params: { subAction: 'isolateHost', subActionParams: order } } }
      );
  }
}

describe('reading and changing', () => {
  it('returns the defaults if nothing was saved, and the saved settings afterwards', async () => {
    expect((await get('viewer')).json).toEqual(DEFAULTS);
    const settings = {
      protectedHosts: [
        { field: 'name', pattern: 'dc-*' },
        { field: 'ip', pattern: '10.0.0.0/8' },
      ],
      commentRequired: false,
      maxHosts: 5,
    };
    const answer = await put('admin', settings);
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual(settings);
    expect((await get('viewer')).json).toEqual(settings);
    const elsewhere = await target.request('admin', 'GET', `/s/ops${PATH}`);
    expect(elsewhere.json).toEqual(DEFAULTS);
  });

  it('returns the fields of approval and automatic release after they are set, and a change without them resets them', async () => {
    const automaticRelease = { defaultMinutes: 240, longestMinutes: 1_440 };
    const settings = {
      ...{ ...DEFAULTS, automaticRelease, isolateProtectedHosts: 'with_approval' },
      requestsExpireAfterMinutes: 10_080,
    };
    expect((await put('admin', settings)).json).toEqual(settings);
    expect((await get('viewer')).json).toEqual(settings);
    const connection = await target.request('analyst', 'GET', `${INTERNAL}/connection`);
    expect(connection.json).toMatchObject({ state: 'one', automaticRelease });
    expect((await put('admin', DEFAULTS)).json).toEqual(DEFAULTS);
    expect((await get('viewer')).json).toEqual(DEFAULTS);
  });

  it('does not let an administrator overwrite a later change of another one', async () => {
    const read = await get('admin');
    const etag = read.headers.get('etag')!;
    const others = { ...DEFAULTS, protectedHosts: [{ field: 'name', pattern: 'dc-*' }] };
    const theirs = await put('admin', others, etag);
    expect(theirs.status).toBe(200);
    const refused = await put('admin', { ...DEFAULTS, maxHosts: 5 }, etag);
    expect(refused.status).toBe(412);
    expect(refused.json.message).toContain('Nothing was saved');
    expect((await get('admin')).json).toEqual(others);
    const now = (await get('viewer')).headers.get('etag')!;
    expect(now).toBe(theirs.headers.get('etag'));
    expect((await put('admin', DEFAULTS, `W/${now}`)).status).toBe(200);
    expect((await put('admin', DEFAULTS, '*')).status).toBe(200);
  });

  it('does not let one administrator remove records that another one meanwhile keeps forever', async () => {
    const path = `${INTERNAL}/retention_settings`;
    const set = (daysKept: number | null, ifMatch: string) =>
      target.request('admin', 'PUT', path, {
        body: { daysKept },
        headers: { 'if-match': ifMatch },
      });
    const kept = async () => (await target.request('viewer', 'GET', path)).json.daysKept;
    try {
      expect((await set(30_000, '*, "nothing"')).status).toBe(200);
      const etag = (await target.request('admin', 'GET', path)).headers.get('etag')!;
      expect((await set(null, etag)).status).toBe(200);
      expect((await set(30_001, etag)).status).toBe(412);
      expect(await kept()).toBeNull();
    } finally {
      await target.request('admin', 'PUT', path, { body: { daysKept: null } });
    }
  });

  it('recognizes the version of a compressed response', async () => {
    const protectedHosts = Array.from({ length: 100 }, (_, n) => ({
      field: 'name',
      pattern: `a-rather-long-name-of-a-host-${n}`,
    }));
    expect((await put('admin', { ...DEFAULTS, protectedHosts })).status).toBe(200);
    const read = await target.request('admin', 'GET', PATH, {
      headers: { 'accept-encoding': 'gzip' },
    });
    expect(read.headers.get('content-encoding')).toBe('gzip');
    expect((await put('admin', DEFAULTS, read.headers.get('etag')!)).status).toBe(200);
  });

  it('accepts one of many concurrent changes of the same version', async () => {
    const etag = (await get('admin')).headers.get('etag')!;
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map((maxHosts) => put('admin', { ...DEFAULTS, maxHosts }, etag))
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412, 412]);
    const taken = answers.find(({ status }) => status === 200);
    expect((await get('admin')).json).toEqual(taken!.json);
  });

  it.each<[UserName, number, number]>([
    ['analyst', 200, 403],
    ['viewer', 200, 403],
    ['reader', 403, 403],
    ['outsider', 403, 403],
    ['nobody', 401, 401],
  ])('%s reads with %i and changes with %i', async (user, reads, changes) => {
    expect((await get(user)).status).toBe(reads);
    expect((await put(user, { ...DEFAULTS, maxHosts: 1 })).status).toBe(changes);
    expect((await get('admin')).json).toEqual(DEFAULTS);
  });

  it.each<[object, string]>([
    [{}, '[protectedHosts]'],
    [{ ...DEFAULTS, maxHosts: 0 }, '[maxHosts]'],
    [{ ...DEFAULTS, maxHosts: 1_001 }, '[maxHosts]'],
    [{ ...DEFAULTS, maxHosts: '5' }, '[maxHosts]'],
    [{ ...DEFAULTS, commentRequired: 'no' }, '[commentRequired]'],
    [{ ...DEFAULTS, daysKept: 5 }, '[daysKept]'],
    [{ ...DEFAULTS, protectedHosts: {} }, '[protectedHosts]'],
    [{ ...DEFAULTS, protectedHosts: [{ field: 'os', pattern: 'x' }] }, '[protectedHosts[0].field]'],
    [
      { ...DEFAULTS, protectedHosts: [{ field: 'name', pattern: '' }] },
      '[protectedHosts[0].pattern]',
    ],
    [
      { ...DEFAULTS, protectedHosts: [{ field: 'name', pattern: 'web ' }] },
      '[protectedHosts[0].pattern]',
    ],
    [
      { ...DEFAULTS, protectedHosts: [{ field: 'ip', pattern: '10.0.0.0/33' }] },
      '[protectedHosts[0].pattern]',
    ],
    [
      { ...DEFAULTS, protectedHosts: [{ field: 'ip', pattern: 'web-1' }] },
      '[protectedHosts[0].pattern]',
    ],
    [{ ...DEFAULTS, protectedHosts: [{ field: 'name' }] }, '[protectedHosts[0].pattern]'],
    [{ ...DEFAULTS, isolateProtectedHosts: 'always' }, '[isolateProtectedHosts]'],
    [{ ...DEFAULTS, isolateProtectedHosts: null }, '[isolateProtectedHosts]'],
    [{ ...DEFAULTS, requestsExpireAfterMinutes: 4 }, '[requestsExpireAfterMinutes]'],
    [{ ...DEFAULTS, requestsExpireAfterMinutes: 10_081 }, '[requestsExpireAfterMinutes]'],
    [{ ...DEFAULTS, requestsExpireAfterMinutes: '60' }, '[requestsExpireAfterMinutes]'],
    [{ ...DEFAULTS, automaticRelease: null }, '[automaticRelease]'],
    [{ ...DEFAULTS, automaticRelease: {} }, '[automaticRelease.defaultMinutes]'],
    [
      { ...DEFAULTS, automaticRelease: { defaultMinutes: 60 } },
      '[automaticRelease.longestMinutes]',
    ],
    [
      { ...DEFAULTS, automaticRelease: { defaultMinutes: 4, longestMinutes: 60 } },
      '[automaticRelease.defaultMinutes]',
    ],
    [
      { ...DEFAULTS, automaticRelease: { defaultMinutes: 61, longestMinutes: 60 } },
      '[automaticRelease.defaultMinutes]',
    ],
    [
      { ...DEFAULTS, automaticRelease: { defaultMinutes: null, longestMinutes: 129_601 } },
      '[automaticRelease.longestMinutes]',
    ],
    [
      { ...DEFAULTS, automaticRelease: { defaultMinutes: null, longestMinutes: 60, never: true } },
      '[automaticRelease.never]',
    ],
  ])('refuses %j with 400, naming %s', async (body, field) => {
    const answer = await put('admin', body);
    expect(answer.status).toBe(400);
    expect(answer.json.message).toContain(field);
    expect((await get('admin')).json).toEqual(DEFAULTS);
  });
});

describe('what they do', () => {
  it.each(REQUEST_PATHS)(
    'an empty comment is refused by %s, unless the settings allow it',
    async (path) => {
      const { id, uuid } = fleet.connected[0]!;
      const answer = await isolate(path, [{ uuid }], ' ');
      if (path === 'execute') expect(answer.json.status).toBe('error');
      else expect(answer.status).toBe(400);
      expect(answer.text).toContain('[comment]');
      expect(await target.simulator.calls()).toEqual([]);

      await put('admin', { ...DEFAULTS, commentRequired: false });
      expect((await isolate(path, [{ uuid }], '')).status).toBe(200);
      expect((await target.simulator.writes()).map(idsOf)).toEqual([[id]]);
    }
  );

  it.each(REQUEST_PATHS)(
    'more hosts than allowed are refused by %s, and nothing is sent',
    async (path) => {
      await put('admin', { ...DEFAULTS, maxHosts: 1 });
      const [one, two] = fleet.connected;
      const answer = await isolate(path, [{ uuid: one!.uuid }, { uuid: two!.uuid }]);
      if (path === 'execute') expect(answer.json.status).toBe('error');
      else expect(answer.status).toBe(409);
      expect(answer.text).toMatch(/too_many|too many/);
      // What counts is what SentinelOne has, so these hosts are looked up, and nothing else is asked.
      const calls = await target.simulator.calls();
      expect(calls.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /agents']);
      expect(generalCalls(calls)).toEqual([]);
    }
  );

  // SentinelOne writes the addresses of the sample hosts as 2001:db8:20::1f.
  it.each(['2001:db8:20::*', '2001:0DB8:0020:*', '2001:db8:20:0:0:*', '2001:db8:0020:0::*'])(
    'a host is protected by each form of its IPv6 address: %s',
    async (pattern) => {
      const { id, uuid } = fleet.connected[0]!;
      await put('admin', { ...DEFAULTS, protectedHosts: [{ field: 'ip', pattern }] });
      for (const path of REQUEST_PATHS) {
        expect((await isolate(path, [{ uuid }])).text).toContain('protected');
      }
      expect(await target.simulator.writes()).toEqual([]);

      const other = pattern.replace('20:', '21:');
      await put('admin', { ...DEFAULTS, protectedHosts: [{ field: 'ip', pattern: other }] });
      expect((await isolate('button', [{ uuid }])).status).toBe(200);
      expect((await target.simulator.writes()).map(idsOf)).toEqual([[id]]);
    }
  );

  it('a protected host can be released', async () => {
    const { id } = fleet.isolated[0]!;
    await put('admin', { ...DEFAULTS, protectedHosts: [{ field: 'agentId', pattern: id }] });
    const answer = await target.request('analyst', 'POST', `${INTERNAL}/hosts/_release`, {
      body: { hosts: [{ agentId: id }], comment: 'back' },
    });
    expect(answer.status).toBe(200);
    expect(affectedBy(await target.simulator.writes())).toEqual([id]);
  });

  it('the settings of another space apply only through a connector for every space', async () => {
    const { id, uuid } = fleet.connected[0]!;
    const inOps = (settings: object) =>
      target.request('admin', 'PUT', `/s/ops${PATH}`, { body: { ...DEFAULTS, ...settings } });
    await inOps({ protectedHosts: [{ field: 'name', pattern: '*' }] });
    try {
      const { status } = await isolate('button', [{ uuid }]);
      expect(status).toBe(target.isPreconfigured ? 409 : 200);
      const sent = (await target.simulator.writes()).map(idsOf);
      expect(sent).toEqual(target.isPreconfigured ? [] : [[id]]);
    } finally {
      // Of what is saved in a space, this adds nothing to any other.
      await inOps({ commentRequired: false });
    }
  });

  it('the preview returns the matching agents, and only reads from SentinelOne', async () => {
    const [one] = fleet.connected;
    const preview = await target.request(
      'viewer',
      'POST',
      `${INTERNAL}/protection_settings/_preview`,
      {
        body: {
          protectedHosts: [
            { field: 'agentId', pattern: one!.id },
            { field: 'name', pattern: 'nobody-is-called-this' },
          ],
        },
      }
    );
    expect(preview.status).toBe(200);
    expect(preview.json).toMatchObject({
      patterns: [
        { matches: 1, hosts: [{ agentId: one!.id, name: one!.computerName }] },
        { matches: 0, hosts: [] },
      ],
      protectedAgents: 1,
    });
    expect(JSON.stringify(preview.json)).not.toContain('addresses');
    const calls = await target.simulator.calls();
    expect(calls.map(({ method }) => method)).toEqual(['GET']);
  });

  it('fields that only the guards read do not leave the connector', async () => {
    const { id } = fleet.connected[0]!;
    const params = { subAction: 'getAgents', subActionParams: { ids: [id] } };
    for (const subActionParams of [{ ids: [id] }, { limit: 5 }]) {
      const answer = await target.request(
        'analyst',
        'POST',
        `/api/actions/connector/${target.connectorId}/_execute`,
        { body: { params: { ...params, subActionParams } } }
      );
      expect(answer.json.data.agents.length).toBeGreaterThan(0);
      expect(answer.json.data.agents[0]).not.toHaveProperty('addresses');
      expect(answer.json.data.agents[0]).not.toHaveProperty('tags');
    }
  });
});

/** What the simulator knows of an agent, under the names of the settings. */
function valuesOf(agent: SimulatedAgent): ReadonlyArray<readonly [string, string]> {
  const {
    siteName,
    groupName,
    externalIp,
    networkInterfaces: interfaces,
  } = agent as unknown as Record<'siteName' | 'groupName' | 'externalIp', string | null> & {
    readonly networkInterfaces: ReadonlyArray<{
      readonly inet: readonly string[];
      readonly inet6: readonly string[];
    }> | null;
  };
  const addresses = [
    externalIp,
    ...(interfaces ?? []).flatMap(({ inet, inet6 }) => [...inet, ...inet6]),
  ];
  const values: ReadonlyArray<readonly [string, string | null]> = [
    ['name', agent.computerName],
    ['agentId', agent.id],
    ['uuid', agent.uuid],
    ['site', siteName],
    ['group', groupName],
    ...addresses.map((address) => ['ip', address] as const),
  ];
  return values.filter((entry): entry is readonly [string, string] => entry[1] !== null);
}

it(`every request path refuses a protected host (${RUNS} patterns)`, async () => {
  const letter = fc.constantFrom<'keep' | 'case' | '?' | '*'>('keep', 'keep', 'case', '?', '*');
  let others = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...REQUEST_PATHS),
      fc.nat(),
      fc.nat(),
      fc.array(letter, { minLength: 64, maxLength: 64 }),
      fc.boolean(),
      fc.boolean(),
      async (path, host, which, changes, byId, together) => {
        await target.simulator.reset();
        await target.simulator.clearCalls();
        const agent = fleet.connected[host % fleet.connected.length]!;
        const values = valuesOf(agent);
        const [field, value] = values[which % values.length]!;
        const pattern = [...value]
          .map((one, n) => {
            const change = changes[n % changes.length]!;
            if (change === 'keep') return one;
            return change === 'case' ? one.toUpperCase() : change;
          })
          .join('');
        fc.pre(pattern.trim() === pattern);
        const settings = { ...DEFAULTS, protectedHosts: [{ field, pattern }] };
        expect((await put('admin', settings)).status).toBe(200);

        const other = fleet.connected.find(({ id }) => id !== agent.id)!;
        const named = byId ? { agentId: agent.id } : { uuid: agent.uuid };
        const answer = await isolate(path, together ? [named, { uuid: other.uuid }] : [named]);
        expect(answer.text).toMatch(/protected/);
        const touched = [
          ...(await target.simulator.writes()).flatMap(idsOf),
          ...affectedBy(await target.simulator.writes()),
        ];
        expect(touched).not.toContain(agent.id);
        if (touched.includes(other.id)) others += 1;
      }
    ),
    { numRuns: RUNS, endOnFailure: true }
  );
  // Guards that refuse every host would pass the check above.
  expect(others).toBeGreaterThan(0);
});
