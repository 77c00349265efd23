import { makeAgent } from './agent';
import { fleetOf } from './fleet_of';
import { SAMPLE_HOSTS } from './sample_fleet';
import { call, disconnect, idsIn, startSimulator, stopSimulators } from './test_support';

afterEach(stopSimulators);

const { srvWin1, web1, web10, cloneA, cloneB, offline, isolated, manyNulls } = SAMPLE_HOSTS;

describe('GET /agents', () => {
  it('returns ten agents and a cursor without parameters', async () => {
    const simulator = await startSimulator();
    const { json } = await call(simulator, 'GET', '/agents');
    expect(json.data).toHaveLength(10);
    expect(json.pagination).toEqual({ totalItems: 32, nextCursor: expect.any(String) });
    expect(json.errors).toEqual([]);
  });

  it('returns all fields of an agent', async () => {
    const simulator = await startSimulator();
    const { json } = await call(simulator, 'GET', `/agents?uuids=${srvWin1.uuid}`);
    expect(json.data).toHaveLength(1);
    expect(json.data[0]).toMatchObject({
      id: '1834780238610855645',
      uuid: '0efd7bcfd285450885e05bd8d5bf2ba7',
      computerName: 'srv-win1',
      networkStatus: 'connected',
      isActive: true,
      osName: 'Windows Server 2022 Datacenter',
    });
    expect(Object.keys(json.data[0]).length).toBeGreaterThan(75);
    for (const secret of ['stuck', 'cannotDisconnect', 'nameInAlerts']) {
      expect(json.data[0]).not.toHaveProperty(secret);
    }
  });

  it.each([
    ['ids', `ids=${srvWin1.id},${web1.id}`, [srvWin1, web1]],
    ['ids with blanks and gaps', `ids=${srvWin1.id},%20,${web1.id}`, [srvWin1, web1]],
    ['uuid', `uuid=${srvWin1.uuid}`, [srvWin1]],
    ['uuid is no list', `uuid=${srvWin1.uuid},${web1.uuid}`, []],
    ['uuids', `uuids=${srvWin1.uuid},${web1.uuid},nobody`, [srvWin1, web1]],
    ['uuids of clones', `uuids=${cloneA.uuid}`, [cloneA, cloneB]],
    ['computerName', 'computerName=web-1', [web1]],
    ['computerName__contains', 'computerName__contains=WEB-1', [web1, web10]],
    ['computerName__contains, several', 'computerName__contains=web-10,srv-win1', [srvWin1, web10]],
    ['computerName__like', 'computerName__like=%25win1', [srvWin1]],
    ['computerName__like takes no expression', 'computerName__like=srv.win1', []],
    ['query', 'query=web-1', [web1, web10]],
    ['query over other attributes', `query=${srvWin1.uuid.slice(3, 20)}`, [srvWin1]],
    ['both of two', `uuids=${srvWin1.uuid}&ids=${web1.id}`, []],
    ['isActive', `ids=${srvWin1.id},${offline.id}&isActive=false`, [offline]],
    [
      'networkStatuses',
      `ids=${srvWin1.id},${isolated.id}&networkStatuses=disconnected,connecting`,
      [isolated],
    ],
    [
      'networkStatusesNin',
      `ids=${srvWin1.id},${isolated.id}&networkStatusesNin=disconnected`,
      [srvWin1],
    ],
    ['osTypes', `ids=${srvWin1.id},${web1.id}&osTypes=linux,macos`, [web1]],
    ['an empty value is no condition', `uuids=&ids=${srvWin1.id}`, [srvWin1]],
  ])('filters by %s', async (_, query, expected) => {
    const simulator = await startSimulator();
    const answer = await call(simulator, 'GET', `/agents?${query}`);
    expect(answer.status).toBe(200);
    expect(idsIn(answer).sort()).toEqual(expected.map(({ id }) => id).sort());
    const count = await call(simulator, 'GET', `/agents/count?${query}`);
    expect(count.json.data).toEqual({ total: expected.length });
  });

  it('treats an empty list as no condition: all agents of the tenant', async () => {
    const simulator = await startSimulator();
    const { json } = await call(simulator, 'GET', '/agents/count?ids=&uuids=%20,');
    expect(json.data).toEqual({ total: 32 });
  });

  it.each([
    'isDecommissioned',
    'isUninstalled',
    'isPendingUninstall',
    'isActive',
    'infected',
  ] as const)('filters by %s', async (flag) => {
    const simulator = await startSimulator();
    for (const value of [true, false]) {
      const answer = await call(simulator, 'GET', `/agents?limit=1000&${flag}=${value}`);
      const expected = simulator.agents().filter((agent) => agent[flag] === value);
      expect(expected.length).toBeGreaterThan(0);
      expect(idsIn(answer).sort()).toEqual(expected.map(({ id }) => id).sort());
    }
    const both = await call(simulator, 'GET', `/agents/count?${flag}=true,false`);
    expect(both.json.data.total).toBe(32);
  });

  it('lists agents that are gone, or hides them unless the filter names them', async () => {
    const listing = await startSimulator();
    expect((await call(listing, 'GET', '/agents/count')).json.data.total).toBe(32);
    const hiding = await startSimulator({ goneAgents: 'hidden' });
    expect((await call(hiding, 'GET', '/agents/count')).json.data.total).toBe(29);
    const asked = await call(hiding, 'GET', '/agents/count?isDecommissioned=true');
    expect(asked.json.data.total).toBe(2);
  });

  it.each([
    ['ids[]=1&ids[]=2', 'ids[]'],
    ['ids%5B%5D=1', 'ids[]'],
    ['ids[0]=1', 'ids[0]'],
    ['ids=1&ids=2', 'ids'],
    ['id=1', 'id'],
    ['hostName=x', 'hostName'],
    ['constructor=x', 'constructor'],
    ['ids=one', 'ids'],
    ['networkStatuses=isolated', 'networkStatuses'],
    ['isActive=yes', 'isActive'],
    ['limit=0', 'limit'],
    ['limit=1001', 'limit'],
    ['limit=ten', 'limit'],
    ['limit=1.5', 'limit'],
    ['skip=-1', 'skip'],
    ['skip=1001', 'skip'],
    ['cursor=nonsense', 'cursor'],
    ['cursor=bnVsbA', 'cursor'],
    ['countOnly=1', 'countOnly'],
    ['sortBy=secret', 'sortBy'],
    ['sortBy=constructor', 'sortBy'],
    ['sortOrder=up', 'sortOrder'],
  ])('refuses ?%s and names the field', async (query, field) => {
    const simulator = await startSimulator();
    const { status, json } = await call(simulator, 'GET', `/agents?${query}`);
    expect(status).toBe(400);
    expect(json.errors).toEqual([
      { code: 4000040, title: 'Validation Error', detail: expect.stringContaining(`${field}: `) },
    ]);
  });

  it('accepts a GET with the body {}, as Kibana sends it', async () => {
    const simulator = await startSimulator();
    const answer = await call(simulator, 'GET', `/agents?ids=${srvWin1.id}`, { body: '{}' });
    expect(idsIn(answer)).toEqual([srvWin1.id]);
    expect(simulator.calls[0]?.body).toEqual({});
  });

  it('returns only the count, or agents without the count', async () => {
    const simulator = await startSimulator();
    expect((await call(simulator, 'GET', '/agents?countOnly=true')).json).toMatchObject({
      data: [],
      pagination: { totalItems: 32, nextCursor: null },
    });
    expect((await call(simulator, 'GET', '/agents?skipCount=true')).json).toMatchObject({
      pagination: { totalItems: null },
    });
  });

  it('returns agents with null in most fields', async () => {
    const simulator = await startSimulator();
    const { json } = await call(simulator, 'GET', `/agents?ids=${manyNulls.id}`);
    const nulls = Object.values(json.data[0]).filter((value) => value === null);
    expect(nulls.length).toBeGreaterThan(30);
    expect(json.data[0]).toMatchObject({ osName: null, siteName: null, lastActiveDate: null });
  });
});

describe('paging', () => {
  it('by cursor returns each agent once, despite changes in between', async () => {
    const simulator = await startSimulator({ fleet: fleetOf(2345), settleMs: 0 });
    const seen: string[] = [];
    let cursor: string | null = '';
    let pages = 0;
    while (cursor !== null) {
      const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const answer = await call(simulator, 'GET', `/agents?limit=1000${query}`);
      expect(answer.json.pagination.totalItems).toBe(2345);
      seen.push(...idsIn(answer));
      await disconnect(simulator, { ids: idsIn(answer).slice(0, 3) });
      cursor = answer.json.pagination.nextCursor;
      pages += 1;
    }
    expect(pages).toBe(3);
    expect(seen).toHaveLength(2345);
    expect(new Set(seen).size).toBe(2345);
  });

  it.each(['computerName', 'networkStatus', 'lastActiveDate'])(
    'by cursor is complete and disjoint sorted by %s, both ways',
    async (sortBy) => {
      const simulator = await startSimulator();
      const read = async (sortOrder: string) => {
        const seen: string[] = [];
        let cursor: string | null = '';
        while (cursor !== null) {
          const at: string = cursor === '' ? '' : `&cursor=${cursor}`;
          const query = `limit=7&sortBy=${sortBy}&sortOrder=${sortOrder}${at}`;
          const answer = await call(simulator, 'GET', `/agents?${query}`);
          seen.push(...idsIn(answer));
          cursor = answer.json.pagination.nextCursor;
        }
        return seen;
      };
      const up = await read('asc');
      expect(new Set(up).size).toBe(32);
      expect(await read('desc')).toEqual([...up].reverse());
    }
  );

  it('applies a filter that is sent with the cursor', async () => {
    const simulator = await startSimulator();
    const first = await call(simulator, 'GET', '/agents?osTypes=linux&limit=4');
    const { nextCursor, totalItems } = first.json.pagination;
    const rest = await call(
      simulator,
      'GET',
      `/agents?osTypes=linux&limit=100&cursor=${nextCursor}`
    );
    expect(rest.json.pagination.nextCursor).toBeNull();
    expect(new Set([...idsIn(first), ...idsIn(rest)]).size).toBe(totalItems);
  });

  it('skips agents', async () => {
    const simulator = await startSimulator();
    const all = idsIn(await call(simulator, 'GET', '/agents?limit=1000'));
    const some = idsIn(await call(simulator, 'GET', '/agents?limit=5&skip=30'));
    expect(some).toEqual(all.slice(30));
    expect(idsIn(await call(simulator, 'GET', '/agents?skip=1000'))).toEqual([]);
  });

  it('refuses a cursor of another sort order, and a cursor with skip', async () => {
    const simulator = await startSimulator();
    const { json } = await call(simulator, 'GET', '/agents?limit=5');
    const { nextCursor } = json.pagination;
    const other = await call(simulator, 'GET', `/agents?sortBy=uuid&cursor=${nextCursor}`);
    expect(other.status).toBe(400);
    const both = await call(simulator, 'GET', `/agents?skip=1&cursor=${nextCursor}`);
    expect(both.status).toBe(400);
  });
});

describe('GET /activities', () => {
  it('filters by type, agent and time, newest first', async () => {
    const simulator = await startSimulator();
    await disconnect(simulator, { ids: [srvWin1.id] });
    simulator.advance(60_000);
    await disconnect(simulator, { ids: [web1.id] });
    simulator.advance(60_000);
    await call(simulator, 'POST', '/agents/actions/connect', {
      body: { filter: { ids: [web1.id] } },
    });
    simulator.advance(60_000);
    const read = async (query: string) => {
      const { json } = await call(simulator, 'GET', `/activities?${query}`);
      return (json.data as { activityType: number; agentId: string }[]).map(
        ({ activityType, agentId }) => [activityType, agentId]
      );
    };
    expect(await read('')).toEqual([
      [1002, web1.id],
      [62, web1.id],
      [1001, web1.id],
      [61, web1.id],
      [1001, srvWin1.id],
      [61, srvWin1.id],
    ]);
    expect(await read('sortOrder=asc&limit=1')).toEqual([[61, srvWin1.id]]);
    expect(await read('activityTypes=1001,2010')).toHaveLength(2);
    expect(await read(`agentIds=${srvWin1.id}`)).toEqual([
      [1001, srvWin1.id],
      [61, srvWin1.id],
    ]);
    expect(await read('createdAt__gte=2024-07-03T03:46:00Z')).toHaveLength(4);
    expect(
      await read('createdAt__gte=2024-07-03T03:46:00Z&createdAt__lt=2024-07-03T03:47:00Z')
    ).toEqual([
      [1001, web1.id],
      [61, web1.id],
    ]);
    expect((await call(simulator, 'GET', '/activities?createdAt__gte=soon')).status).toBe(400);
    expect((await call(simulator, 'GET', '/activities?agentIds=me')).status).toBe(400);
    expect((await call(simulator, 'GET', '/activities?agentId=1')).status).toBe(400);
  });

  it('pages by cursor', async () => {
    const simulator = await startSimulator({ fleet: 25 });
    await disconnect(simulator, {});
    simulator.advance(60_000);
    const query = '/activities?activityTypes=1001&limit=20';
    const first = await call(simulator, 'GET', query);
    const { nextCursor } = first.json.pagination;
    const second = await call(simulator, 'GET', `${query}&cursor=${nextCursor}`);
    expect(second.json.pagination.nextCursor).toBeNull();
    expect(new Set([...idsIn(first), ...idsIn(second)]).size).toBe(25);
  });

  it('lists the activity types', async () => {
    const simulator = await startSimulator();
    const answer = await call(simulator, 'GET', '/activities/types');
    expect(idsIn(answer)).toEqual([61, 62, 1001, 1002, 2010]);
  });
});

describe('paths and methods', () => {
  it('refuses a path that the API does not have, and names it', async () => {
    const simulator = await startSimulator();
    for (const path of ['/nothing', '/agents/', '/agents/actions', '/Agents']) {
      const { status, json } = await call(simulator, 'GET', path);
      expect(status).toBe(400);
      expect(json.errors[0].detail).toBe(`path: ${path} is not a path of the Management API`);
    }
  });

  it('reports a path of the API that the simulator does not implement', async () => {
    const simulator = await startSimulator();
    for (const [path, what] of [
      ['/threats', 'GET /threats'],
      ['/users/1/api-token-details', 'GET /users/1/api-token-details'],
      ['/agents?osVersion__contains=10', 'the parameter osVersion__contains'],
      ['/activities?userIds=1', 'the parameter userIds'],
    ] as const) {
      const { status, json } = await call(simulator, 'GET', path);
      expect(json.errors[0].detail).toBe(`Not in the simulator: ${what}`);
      expect(status).toBe(501);
    }
    const filtered = await disconnect(simulator, { osVersion__contains: ['10'] });
    expect(filtered.json.errors[0].detail).toBe(
      'Not in the simulator: the filter osVersion__contains'
    );
    expect(simulator.calls.flatMap(({ selectedIds }) => selectedIds)).toEqual([]);
  });

  it.each([
    ['GET', '/agents?name=web-1', 'name'],
    ['GET', '/agents?UUIDs=1', 'UUIDs'],
    ['GET', '/agents?computername__contains=web', 'computername__contains'],
    ['GET', '/agents/count?limit=1', 'limit'],
    ['GET', '/activities?agentId=1', 'agentId'],
    ['GET', '/activities/types?limit=1', 'limit'],
    ['GET', '/user?id=1', 'id'],
    ['GET', '/system/info?limit=1', 'limit'],
    ['POST', '/agents/actions/connect?ids=1', 'ids'],
    ['POST', '/users/api-token-details?ids=1', 'ids'],
  ])('refuses %s %s, whose parameter the API does not have', async (method, path, name) => {
    const simulator = await startSimulator();
    const { status, json } = await call(simulator, method, path, {
      ...(method === 'POST' ? { body: { filter: { ids: [srvWin1.id] } } } : {}),
    });
    expect(status).toBe(400);
    expect(json.errors[0].detail).toBe(`${name}: Unknown field`);
    expect(simulator.calls.flatMap(({ selectedIds }) => selectedIds)).toEqual([]);
  });

  it('answers 404 with code 4100010 outside of the API', async () => {
    const simulator = await startSimulator();
    const { json } = await call(simulator, 'GET', '/agents', { prefix: '/web/api/v2.0' });
    expect(json.errors[0].code).toBe(4100010);
    expect((await call(simulator, 'GET', '/agents', { prefix: '/web/api/v2.0' })).status).toBe(404);
    expect((await call(simulator, 'GET', '/', { prefix: '' })).status).toBe(404);
  });

  it('answers 405 to another method, and changes nothing', async () => {
    const simulator = await startSimulator();
    const answer = await call(simulator, 'GET', '/agents/actions/disconnect');
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toBe('POST');
    expect((await call(simulator, 'POST', '/agents/count', { body: {} })).status).toBe(405);
    expect((await call(simulator, 'PUT', '/agents/actions/connect', { body: {} })).status).toBe(
      405
    );
    expect(simulator.calls.flatMap(({ affectedIds }) => affectedIds)).toEqual([]);
  });
});

describe('makeAgent', () => {
  it('creates a fleet from some fields, with defaults for the others', async () => {
    const simulator = await startSimulator({
      fleet: [makeAgent({ id: '7', computerName: 'only' })],
    });
    expect(simulator.agents()).toMatchObject([
      { id: '7', computerName: 'only', osType: 'windows' },
    ]);
  });

  it('refuses fields that no agent has', async () => {
    const slip = { isActiv: false } as Record<string, unknown>;
    await expect(startSimulator({ fleet: [makeAgent(slip)] })).rejects.toThrow('isActiv');
    const simulator = await startSimulator();
    expect(() => simulator.setAgent(srvWin1.id, slip)).toThrow('isActiv');
    expect(() => simulator.setAgent(srvWin1.id, { id: '8' })).toThrow('cannot be changed');
    expect(() => simulator.setAgent('nobody', {})).toThrow('No agent');
    expect(() => simulator.agent(cloneA.uuid)).toThrow('2 agents have the UUID');
  });
});
