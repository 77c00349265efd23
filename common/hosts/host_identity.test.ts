import * as fc from 'fast-check';
import {
  agentReferenceOf,
  contextOfAgent,
  identityInResult,
  identityOfAgent,
  identityOfAlertHost,
  namesOf,
  referenceOfAgent,
} from './host_identity';

describe('identityOfAlertHost', () => {
  it.each([
    [{}, {}],
    [{ agentUuid: null, agentId: null, hostName: null }, {}],
    [
      { agentUuid: 'a', agentId: '1', hostName: 'web' },
      { uuid: 'a', agentId: '1', name: 'web' },
    ],
    [
      { agentUuid: 'a', agentId: null, hostNames: ['web'] },
      { uuid: 'a', name: 'web' },
    ],
    [
      { agentUuid: null, agentId: '1', hostNames: ['web', 'db'] },
      { agentId: '1', names: ['web', 'db'] },
    ],
  ])('%j becomes %j', (fields, identity) => {
    expect(identityOfAlertHost(fields)).toEqual(identity);
  });

  it('keeps all ids and names, and adds none', () => {
    const text = fc.option(fc.string({ minLength: 1 }));
    const fields = fc.record({ agentUuid: text, agentId: text, hostNames: fc.array(fc.string()) });
    fc.assert(
      fc.property(fields, ({ agentUuid, agentId, hostNames }) => {
        const identity = identityOfAlertHost({ agentUuid, agentId, hostNames });
        expect(identity.uuid ?? null).toBe(agentUuid);
        expect(identity.agentId ?? null).toBe(agentId);
        expect(namesOf(identity)).toEqual(hostNames);
      })
    );
  });
});

it('refers to a host by UUID and id only', () => {
  expect(agentReferenceOf({ name: 'web' })).toBeUndefined();
  expect(agentReferenceOf({ uuid: 'a', name: 'web' })).toEqual({ uuid: 'a' });
  expect(agentReferenceOf({ uuid: 'a', agentId: '1', names: ['web', 'db'] })).toEqual({
    uuid: 'a',
    agentId: '1',
  });
});

describe('the host of an agent', () => {
  const agent = fc.record({
    id: fc.stringMatching(/^\d{1,20}$/),
    uuid: fc.option(fc.uuid()),
    computerName: fc.option(fc.string()),
  });

  it('is identified only by the ids and the name of this agent', () => {
    fc.assert(
      fc.property(agent, (one) => {
        const { id, uuid, computerName } = one;
        expect(identityInResult(identityOfAgent(one))).toEqual({
          uuid,
          agentId: id,
          name: computerName,
        });
        expect(agentReferenceOf(identityOfAgent(one))).toEqual(referenceOfAgent(one));
        expect(identityOfAlertHost(contextOfAgent(one))).toEqual(identityOfAgent(one));
      })
    );
  });
});
