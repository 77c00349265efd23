import * as fc from 'fast-check';
import { hostNameCodec } from '../../common/api/connector';
import { LIMITS } from '../../common/lib/constants';
import { withoutBlanksAround } from '../../common/hosts/host_name';
import { isPlainText, visibleName } from '../../common/lib/text';
import { agentOf, agentOnly, agentPageOf } from './decode_agent';

const NAME = 'srv-dc-01\nforged\u202e';

it("escapes invisible characters in SentinelOne's texts", () => {
  const agent = agentOf({
    id: '1',
    computerName: 'srv-dc\u200b-01\n',
    siteName: NAME,
    groupName: NAME,
    osName: NAME,
    uuid: NAME,
    tags: [NAME],
  });
  const shown = 'srv-dc-01\\nforged\\u202e';
  expect(agent).toMatchObject({
    computerName: 'srv-dc\\u200b-01',
    siteName: shown,
    groupName: shown,
    osName: shown,
    uuid: shown,
    tags: [shown],
  });
});

it('reads names of agents like names of documents, so that they can be compared', () => {
  fc.assert(
    fc.property(fc.fullUnicodeString({ minLength: 1 }), (computerName) => {
      fc.pre(withoutBlanksAround(computerName) !== '');
      const name = agentOf({ id: '1', computerName })!.computerName!;
      expect(name).toBe(visibleName(withoutBlanksAround(computerName)));
      expect(isPlainText(name)).toBe(true);
    })
  );
});

it('returns the cursor unchanged', () => {
  const body = { data: [], pagination: { nextCursor: 'a\u00adb' } };
  expect(agentPageOf(body)!.cursor).toBe('a\u00adb');
});

it('refuses ids that are numbers, and returns which agents are left out', () => {
  const entries = [
    { id: 1_834_780_238, uuid: 'a' },
    { id: 1.8e18, uuid: 'b' },
    { id: '1834780238610855645', uuid: 'c' },
    { uuid: 'd' },
    { id: ' 12' },
    null,
    7,
  ];
  const page = agentPageOf({ data: entries })!;
  expect(page.agents.map(({ id }) => id)).toEqual(['1834780238610855645']);
  expect(page.withoutId).toEqual([{ uuid: 'a' }, { uuid: 'b' }, { uuid: 'd' }, { uuid: null }]);
});

describe('a text that exceeds realistic lengths', () => {
  it('is truncated as a name to a text that users cannot enter, and complete for the guards', () => {
    const whole = `${'a'.repeat(40_000)}-prod`;
    const agent = agentOf({ id: '1', computerName: whole })!;
    expect(agent.computerName).toBe(`${'a'.repeat(LIMITS.sourceName)}…`);
    expect(hostNameCodec.is(agent.computerName)).toBe(false);
    expect(agent.fullName).toBe(whole);
    expect(agentOnly(agent)).not.toHaveProperty('fullName');
  });

  it('is not a UUID', () => {
    expect(agentOf({ id: '1', uuid: 'a'.repeat(40_000) })!.uuid).toBeNull();
  });

  it('is unchanged up to the maximum length of a host name', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: LIMITS.sourceName }), (length) => {
        const agent = agentOf({ id: '1', computerName: 'a'.repeat(length) })!;
        expect(agent.computerName).toHaveLength(length);
        expect(agent).not.toHaveProperty('fullName');
      })
    );
  });
});
