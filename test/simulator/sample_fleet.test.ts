import { fleetOf } from './fleet_of';
import { OFFICE_SITE_ID, SAMPLE_HOSTS, sampleFleet } from './sample_fleet';

describe('the sample fleet', () => {
  const fleet = sampleFleet();
  const having = (condition: (agent: (typeof fleet)[number]) => boolean) => fleet.filter(condition);

  it('begins with the host of the real alert documents', () => {
    expect(fleet[0]).toMatchObject({
      id: '1834780238610855645',
      uuid: '0efd7bcfd285450885e05bd8d5bf2ba7',
      computerName: 'srv-win1',
      siteId: '1402053568582768389',
    });
  });

  it('is the same each time, except for dates', () => {
    expect(sampleFleet()).toEqual(fleet);
    const later = sampleFleet(Date.parse('2030-01-01T00:00:00Z'));
    expect(later.map(({ id, uuid }) => [id, uuid])).toEqual(
      fleet.map(({ id, uuid }) => [id, uuid])
    );
    expect(later[0]?.lastActiveDate).toMatch(/^2030-01-01/);
  });

  it('has unique ids and exactly one UUID that two agents share', () => {
    expect(new Set(fleet.map(({ id }) => id)).size).toBe(fleet.length);
    expect(new Set(fleet.map(({ uuid }) => uuid)).size).toBe(fleet.length - 1);
    expect(SAMPLE_HOSTS.cloneA.uuid).toBe(SAMPLE_HOSTS.cloneB.uuid);
  });

  it('has hosts in every state', () => {
    for (const online of [true, false]) {
      for (const status of ['connected', 'disconnected', 'connecting', 'disconnecting']) {
        const found = having(
          (agent) => agent.networkStatus === status && agent.isActive === online
        );
        expect({ status, online, some: found.length > 0 }).toEqual({ status, online, some: true });
      }
    }
    expect(having(({ isDecommissioned }) => isDecommissioned === true)).toHaveLength(2);
    expect(having(({ isUninstalled }) => isUninstalled === true)).toHaveLength(1);
    expect(having(({ isPendingUninstall }) => isPendingUninstall === true)).toHaveLength(1);
    expect(having(({ cannotDisconnect }) => cannotDisconnect === true)).toHaveLength(1);
    expect(having(({ computerName }) => (computerName ?? '').length > 63)).toHaveLength(1);
    expect(having(({ siteId }) => siteId === OFFICE_SITE_ID).length).toBeGreaterThan(5);
  });

  it('uses the host names of the alerts', () => {
    expect(SAMPLE_HOSTS.renamed.name).toBe('cfo-laptop');
    const renamed = fleet.find(({ id }) => id === SAMPLE_HOSTS.renamed.id);
    expect(renamed?.computerName).toBe('LAPTOP-9F3K2Q7');
  });
});

describe('fleetOf', () => {
  it('creates the requested number of connected hosts, always the same ones', () => {
    const fleet = fleetOf(1200);
    expect(fleet).toHaveLength(1200);
    expect(new Set(fleet.map(({ id }) => id)).size).toBe(1200);
    expect(new Set(fleet.map(({ uuid }) => uuid)).size).toBe(1200);
    expect(fleetOf(1200)).toEqual(fleet);
    expect(() => fleetOf(-1)).toThrow('0 or more');
  });
});
