import * as fc from 'fast-check';
import { withoutBlanksAround } from '../../common/host_name';
import { isPlainText, visibleName } from '../../common/visible_text';
import { agentOf, agentPageOf } from './agent_fields';

const NAME = 'srv-dc-01\nforged\u202e';

it('makes what cannot be seen in the words of SentinelOne visible', () => {
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

it('reads a name as a document is read, so that both can be compared', () => {
  fc.assert(
    fc.property(fc.fullUnicodeString({ minLength: 1 }), (computerName) => {
      fc.pre(withoutBlanksAround(computerName) !== '');
      const name = agentOf({ id: '1', computerName })!.computerName!;
      expect(name).toBe(visibleName(withoutBlanksAround(computerName)));
      expect(isPlainText(name)).toBe(true);
    })
  );
});

it('hands the cursor on as it came', () => {
  const body = { data: [], pagination: { nextCursor: 'a\u00adb' } };
  expect(agentPageOf(body)!.cursor).toBe('a\u00adb');
});

it('takes no number for an id, and says which agents it leaves out', () => {
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
