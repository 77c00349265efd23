import type { Fault, FaultRule } from './faults';
import { SAMPLE_HOSTS } from './sample_fleet';
import type { Simulator } from './simulator';
import { call, connect, disconnect, idsIn, startSimulator, stopSimulators } from './test_support';

afterEach(stopSimulators);

const { srvWin1, web1 } = SAMPLE_HOSTS;
const DISCONNECT = '/agents/actions/disconnect';
const ONLY_IT = { ids: [srvWin1.id] };

const statusOf = (simulator: Simulator) => simulator.agent(srvWin1.id).networkStatus;

/** A simulator whose next disconnect meets the fault. */
async function withFault(fault: Fault, path: string = DISCONNECT): Promise<Simulator> {
  const simulator = await startSimulator();
  simulator.faults.add({ path, fault });
  return simulator;
}

describe('faults before the command is applied', () => {
  it.each([400, 401, 403, 404, 429, 500, 502, 503, 504])(
    'answers with status %d',
    async (status) => {
      const simulator = await withFault({ kind: 'status', status });
      const answer = await disconnect(simulator, ONLY_IT);
      expect(answer.status).toBe(status);
      expect(answer.json.errors[0].code).toEqual(expect.any(Number));
      expect(statusOf(simulator)).toBe('connected');
      expect(simulator.writes()).toMatchObject([{ status, fault: 'status', affectedIds: [] }]);
      expect((await disconnect(simulator, ONLY_IT)).status).toBe(200);
    }
  );

  it('answers 503 with the error code of SentinelOne', async () => {
    const simulator = await withFault({ kind: 'status', status: 503 });
    expect((await disconnect(simulator, ONLY_IT)).json.errors).toMatchObject([
      { code: 5030010, title: 'Service Unavailable' },
    ]);
  });

  it('answers with a status, body and headers that the test chooses', async () => {
    const simulator = await withFault({
      kind: 'status',
      status: 502,
      body: 'Bad gateway',
      headers: { 'x-proxy': 'yes' },
    });
    const answer = await disconnect(simulator, ONLY_IT);
    expect(answer).toMatchObject({
      status: 502,
      text: 'Bad gateway',
      headers: { 'x-proxy': 'yes' },
    });
  });

  it.each([
    [2, '2'],
    ['Wed, 03 Jul 2024 03:46:00 GMT', 'Wed, 03 Jul 2024 03:46:00 GMT'],
    [null, undefined],
  ])('throttle with Retry-After %j', async (retryAfter, header) => {
    const simulator = await withFault({ kind: 'throttle', retryAfter });
    const answer = await disconnect(simulator, ONLY_IT);
    expect(answer.status).toBe(429);
    expect(answer.headers['retry-after']).toBe(header);
    expect(answer.json.errors[0].detail).toMatch(/^The requests are being throttled/);
    expect(statusOf(simulator)).toBe('connected');
  });

  it('resetBefore closes the connection', async () => {
    const simulator = await withFault({ kind: 'resetBefore' });
    await expect(disconnect(simulator, ONLY_IT)).rejects.toThrow(/socket hang up|ECONNRESET/);
    expect(statusOf(simulator)).toBe('connected');
    expect(simulator.writes()).toMatchObject([
      { status: null, fault: 'resetBefore', affectedIds: [] },
    ]);
  });

  it('html answers with a page instead of JSON', async () => {
    const simulator = await withFault({ kind: 'html' });
    const answer = await disconnect(simulator, ONLY_IT);
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'text/html' } });
    expect(answer.text).toContain('<html');
    expect(statusOf(simulator)).toBe('connected');
  });

  it('hang closes the connection without an answer', async () => {
    const simulator = await withFault({ kind: 'hang', ms: 30 });
    await expect(disconnect(simulator, ONLY_IT)).rejects.toThrow(/socket hang up|ECONNRESET/);
    expect(statusOf(simulator)).toBe('connected');
  });

  it('affected0 reports no affected agent', async () => {
    const simulator = await withFault({ kind: 'affected0' });
    const answer = await disconnect(simulator, ONLY_IT);
    expect(answer).toMatchObject({ status: 200, json: { data: { affected: 0 } } });
    expect(statusOf(simulator)).toBe('connected');
    expect(simulator.writes()).toMatchObject([{ selectedIds: [srvWin1.id], affectedIds: [] }]);
  });
});

describe('faults after the command is applied', () => {
  it('resetAfter closes the connection', async () => {
    const simulator = await withFault({ kind: 'resetAfter' });
    await expect(disconnect(simulator, ONLY_IT)).rejects.toThrow(/socket hang up|ECONNRESET/);
    expect(statusOf(simulator)).toBe('disconnecting');
    expect(simulator.writes()).toMatchObject([{ status: null, affectedIds: [srvWin1.id] }]);
  });

  it.each([500, 502, 504])('answerAfterApply answers with %d', async (status) => {
    const simulator = await withFault({ kind: 'answerAfterApply', status });
    expect((await disconnect(simulator, ONLY_IT)).status).toBe(status);
    expect(statusOf(simulator)).toBe('disconnecting');
    expect(simulator.writes()).toMatchObject([{ status, affectedIds: [srvWin1.id] }]);
  });

  it('hang with applied closes the connection without an answer', async () => {
    const simulator = await withFault({ kind: 'hang', ms: 30, applied: true });
    await expect(disconnect(simulator, ONLY_IT)).rejects.toThrow(/socket hang up|ECONNRESET/);
    expect(statusOf(simulator)).toBe('disconnecting');
  });

  it('delay answers later', async () => {
    const simulator = await withFault({ kind: 'delay', ms: 30 });
    const answer = disconnect(simulator, ONLY_IT);
    while (simulator.writes()[0]?.affectedIds.length !== 1) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(simulator.writes()[0]?.status).toBeNull();
    expect((await answer).json.data).toEqual({ affected: 1 });
  });

  it('truncatedJson ends the answer early', async () => {
    const simulator = await withFault({ kind: 'truncatedJson' });
    const { status, text, json } = await disconnect(simulator, ONLY_IT);
    expect({ status, json }).toEqual({ status: 200, json: undefined });
    expect(text).toMatch(/^\{"data"/);
    expect(statusOf(simulator)).toBe('disconnecting');
  });

  it('affectedWrong reports a wrong number of agents', async () => {
    const simulator = await withFault({ kind: 'affectedWrong', affected: 7 });
    expect((await disconnect(simulator, ONLY_IT)).json.data).toEqual({ affected: 7 });
    expect(simulator.writes()[0]?.affectedIds).toEqual([srvWin1.id]);
  });
});

describe('faults of reads', () => {
  it('nullFields sets all fields but id, UUID and network status to null', async () => {
    const simulator = await withFault({ kind: 'nullFields' }, '/agents');
    const { json } = await call(simulator, 'GET', `/agents?ids=${srvWin1.id}`);
    const { id, uuid, networkStatus, ...others } = json.data[0];
    expect({ id, uuid, networkStatus }).toEqual({
      id: srvWin1.id,
      uuid: srvWin1.uuid,
      networkStatus: 'connected',
    });
    expect(new Set(Object.values(others))).toEqual(new Set([null]));
  });

  it('nullFields sets the named fields to null', async () => {
    const simulator = await withFault({ kind: 'nullFields', fields: ['networkStatus'] }, '/agents');
    const { json } = await call(simulator, 'GET', `/agents?ids=${srvWin1.id}`);
    expect(json.data[0]).toMatchObject({ networkStatus: null, computerName: 'srv-win1' });
  });

  it('extraFields adds unknown fields', async () => {
    const simulator = await withFault({ kind: 'extraFields' }, '/agents');
    const { json } = await call(simulator, 'GET', `/agents?ids=${srvWin1.id}`);
    expect(json).toHaveProperty('futureField');
    expect(json.data[0]).toMatchObject({ id: srvWin1.id, futureFlag: true });
  });

  it('numericIds sends ids as numbers', async () => {
    const simulator = await withFault({ kind: 'numericIds' }, '/agents');
    const { text } = await call(simulator, 'GET', `/agents?ids=${srvWin1.id}`);
    expect(text).toContain(`"id":${srvWin1.id}`);
    expect(JSON.parse(text).data[0].id).not.toBe(srvWin1.id);
  });

  it('ignoreFilter returns agents that were not requested', async () => {
    const simulator = await withFault({ kind: 'ignoreFilter' }, '/agents');
    const answer = await call(simulator, 'GET', `/agents?uuids=${srvWin1.uuid}&limit=1000`);
    expect(idsIn(answer)).toHaveLength(32);
  });

  it('hugeBody sends a very large answer', async () => {
    const simulator = await withFault({ kind: 'hugeBody' }, '/agents');
    const answer = await call(simulator, 'GET', `/agents?ids=${srvWin1.id}`);
    expect(answer.text.length).toBeGreaterThan(1_048_576);
    expect(idsIn(answer)).toEqual([srvWin1.id]);
  });
});

describe('the queue of faults', () => {
  it('applies each fault to its number of calls, in order', async () => {
    const simulator = await startSimulator();
    simulator.faults.add({ path: '/agents', fault: { kind: 'pass' } });
    simulator.faults.add({ path: '/agents', count: 2, fault: { kind: 'status', status: 503 } });
    simulator.faults.add({ path: '/agents', fault: { kind: 'status', status: 500 } });
    const statuses: number[] = [];
    for (let n = 0; n < 5; n++) statuses.push((await call(simulator, 'GET', '/agents')).status);
    expect(statuses).toEqual([200, 503, 503, 500, 200]);
    expect(simulator.faults.pending()).toEqual([]);
  });

  it('applies a fault only to its method and path', async () => {
    const simulator = await startSimulator();
    const fault: Fault = { kind: 'status', status: 500 };
    simulator.faults.add({ method: 'POST', path: DISCONNECT, fault });
    expect((await call(simulator, 'GET', '/agents')).status).toBe(200);
    expect((await connect(simulator, ONLY_IT)).status).toBe(200);
    expect(simulator.faults.pending()).toEqual([
      { method: 'POST', path: DISCONNECT, count: 1, fault },
    ]);
    expect((await disconnect(simulator, { ids: [web1.id] })).status).toBe(500);
  });

  it('keeps a permanent fault until it is cleared', async () => {
    const simulator = await startSimulator();
    simulator.faults.add({ path: '*', count: 'always', fault: { kind: 'status', status: 503 } });
    for (let n = 0; n < 5; n++) expect((await call(simulator, 'GET', '/user')).status).toBe(503);
    expect(simulator.faults.pending()).toMatchObject([{ count: 'always' }]);
    simulator.faults.clear();
    expect((await call(simulator, 'GET', '/user')).status).toBe(200);
  });

  it('applies a fault only to calls with its query parameter', async () => {
    const simulator = await startSimulator();
    simulator.faults.add({
      path: '/agents',
      naming: 'abc',
      fault: { kind: 'status', status: 500 },
    });
    expect((await call(simulator, 'GET', '/agents?uuids=xyz')).status).toBe(200);
    expect((await call(simulator, 'GET', '/agents?uuids=xyz,abc')).status).toBe(500);
    expect((await call(simulator, 'GET', '/agents?uuids=abc')).status).toBe(200);
  });

  it.each([
    [{ path: '/agent', fault: { kind: 'pass' } }, 'no /agent'],
    [{ path: DISCONNECT, method: 'GET', fault: { kind: 'pass' } }, `no GET ${DISCONNECT}`],
    [{ path: '/agents', fault: { kind: 'explode' } }, 'kind "explode"'],
    [{ path: '/agents', fault: { kind: 'constructor' } }, 'kind "constructor"'],
    [{ path: '/agents' }, 'kind "undefined"'],
    [{ path: '/agents', fault: { kind: 'status' } }, '"status"'],
    [{ path: '/agents', fault: { kind: 'status', status: 99 } }, '"status"'],
    [{ path: '/agents', fault: { kind: 'hang', ms: -1 } }, '"ms"'],
    [{ path: '/agents', fault: { kind: 'html', body: '' } }, 'has no "body"'],
    [{ path: '/agents', count: 0, fault: { kind: 'pass' } }, '"count"'],
    [{ path: '/agents', naming: 7, fault: { kind: 'pass' } }, '"naming"'],
    [{ path: '/agents', times: 2, fault: { kind: 'pass' } }, 'no "times"'],
  ])('refuses %j, which would never happen', async (rule, message) => {
    const simulator = await startSimulator();
    expect(() => simulator.faults.add(rule as unknown as FaultRule)).toThrow(message);
  });
});

describe('stopping', () => {
  it('closes calls that hang', async () => {
    const simulator = await withFault({ kind: 'hang', ms: 600_000 });
    const lost = expect(disconnect(simulator, ONLY_IT)).rejects.toThrow(
      /socket hang up|ECONNRESET/
    );
    while (simulator.writes()[0]?.fault !== 'hang') {
      await new Promise((resolve) => setImmediate(resolve));
    }
    await simulator.stop();
    await lost;
    expect(() => simulator.url).toThrow('not running');
  });
});
