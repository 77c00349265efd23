import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CONNECTOR_PERMISSIONS,
  INTEGRATION_PERMISSIONS,
  needText,
  permissionFor,
  tokenPermissionsText,
} from './token_permissions';

/** The README without the blanks by which its tables are aligned. */
const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8').replace(/ {2,}/g, ' ');
/** The rows of the README's table whose head begins so. */
const rowsAfter = (heading: string): string[] => {
  const [, after = ''] = readme.split(heading);
  const [table = ''] = /\|[^]*?\n\n/.exec(after) ?? [];
  return table.trim().split('\n').slice(2);
};

const row = (...cells: readonly string[]): string =>
  `| ${cells.join(' | ')} |`.replace(/ {2,}/g, ' ');
const code = (text: string): string => `\`${text}\``;

it('is listed in the README for the connector', () => {
  expect(rowsAfter('| permission of the connector')).toEqual(
    CONNECTOR_PERMISSIONS.map((one) => row(code(one.name), needText(one), one.purpose()))
  );
});

it('is listed in the README for the integration', () => {
  expect(rowsAfter('| data stream')).toEqual(
    INTEGRATION_PERMISSIONS.map(({ streams, name, purpose }) =>
      row(streams.map(code).join(', '), name, purpose?.() ?? '')
    )
  );
});

it('returns the permission that each call needs', () => {
  expect(permissionFor('/agents/actions/disconnect')).toBe('Endpoints.disconnectFromNetwork');
  expect(permissionFor('/activities')).toBe('Activity Page.view');
  expect(permissionFor('/system/info')).toBeUndefined();
});

it('describes in one sentence the required and the optional permissions', () => {
  expect(tokenPermissionsText()).toBe(
    'Its role needs Endpoints.view, Endpoints.disconnectFromNetwork and Endpoints.reconnectToNetwork. Optional: Endpoints.initiateScan (scan hosts), Endpoints.abortScan (abort scans), Activity Page.view (record why an isolation failed, who undid it, and who isolated a host outside Kibana) and Users.view (warn before the token expires, name its role, and recognize its user in the log). Give it no other permission.'
  );
});
