import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ACTIONS } from '../../common/actions/action_name';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import {
  ACTION_SAVED_OBJECT_TYPE,
  CASE_ATTACHMENT_TYPE_ID,
  API_PRIVILEGE,
  HOST_LOCK_SAVED_OBJECT_TYPE,
  CONNECTOR_TYPE_ID,
  PLUGIN_ID,
  PROTECTION_SETTINGS_SAVED_OBJECT_TYPE,
  RETENTION_SETTINGS_SAVED_OBJECT_TYPE,
  SUB_ACTION,
} from '../../common/lib/constants';
import { buildPlugin } from '../../scripts/build/build_plugin';
import { manifestOf, readProject } from '../../scripts/build/manifest';
import type { TestConnectionResult } from '../../common/api/connector';
import type { ActionResult } from '../../common/actions/outcome';
import type { Agent } from '../simulator/agent';
import { isWrite } from '../simulator/call_log';
import { SAMPLE_HOSTS } from '../simulator/sample_fleet';
import { MESSAGE_TEMPLATES, RULE_VARIABLES } from '../helpers/message_templates';
import { FULL_TOKEN, startSimulator, stopSimulators } from '../simulator/test_support';
import { askKibana, KIBANA_HOME } from './distribution';
import type { Executed, Registered, ServerAnswer, ServerQuestion } from './real_server';

const KINDS = [
  'the server in the real action type registry and sub-action framework',
  'the manifest through the real parser',
  'the feature through the real feature registry',
  'setup and start by the real plugin service',
];

const elasticsearchName = (privilege: string): string => `api:${privilege}`;
const ACTION_PRIVILEGES = ACTIONS.map((action) => ACTION_DEFINITIONS[action].privilege.api);
const ALL_PRIVILEGES = [...Object.values(API_PRIVILEGE), ...ACTION_PRIVILEGES].map(
  elasticsearchName
);
const HOST = SAMPLE_HOSTS.srvWin1;
const ISOLATE = {
  subAction: ACTION_DEFINITIONS.isolate.subAction,
  subActionParams: {
    hosts: [{ uuid: HOST.uuid, agentId: HOST.id, name: HOST.name }],
    comment: 'Seen by the host check',
  },
};

const FAILING = 'refused-with-401';
const FORGED_ID = '8b0d4e0a-6f0f-4d0e-9d3c-2f1f0c6f7a11';

const NOTHING: Registered = {
  caseAttachments: [],
  connectorTypes: [],
  features: [],
  routes: [],
  savedObjectTypes: [],
  taskTypes: [],
};

if (KIBANA_HOME === undefined) {
  test.skip.each(KINDS)('%s: set KIBANA_HOME to an unpacked distribution', () => {});
} else {
  describe('the built server in the Kibana of KIBANA_HOME', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sentinelone-response-host-'));
    const plugins = join(folder, 'plugins');
    const root = join(__dirname, '../..');
    const { kibanaVersion } = readProject(root);
    let answer: ServerAnswer;
    let host: Agent;

    beforeAll(async () => {
      await buildPlugin({ outDir: join(plugins, PLUGIN_ID), compress: false });
      mkdirSync(join(folder, 'stand_ins'));
      const simulator = await startSimulator({ settleMs: 0, now: Date.now });
      const fault = { kind: 'status', status: 401 } as const;
      simulator.faults.add({ path: '/agents', naming: FAILING, fault });
      const question: ServerQuestion = {
        plugins,
        scratch: join(folder, 'stand_ins'),
        pluginId: PLUGIN_ID,
        connectorTypeId: CONNECTOR_TYPE_ID,
        simulator: simulator.url,
        token: FULL_TOKEN,
        refusable: [folderWith({ kibanaVersion: '8.12.1' }), folderWith({ somethingElse: true })],
        templates: MESSAGE_TEMPLATES.map(([template]) => template),
        variables: RULE_VARIABLES,
        executions: [
          { ...ISOLATE, privileges: [elasticsearchName(API_PRIVILEGE.view)] },
          { subAction: SUB_ACTION.testConnection, subActionParams: {}, privileges: ALL_PRIVILEGES },
          { ...ISOLATE, privileges: ALL_PRIVILEGES },
          {
            subAction: SUB_ACTION.getAgents,
            subActionParams: { nameContains: FAILING },
            privileges: ALL_PRIVILEGES,
          },
          {
            subAction: ISOLATE.subAction,
            subActionParams: { ...ISOLATE.subActionParams, actionId: FORGED_ID },
            privileges: ALL_PRIVILEGES,
          },
        ],
      };
      answer = await askKibana<ServerAnswer>('real_server.ts', question);
      host = simulator.agent(HOST.id);
    }, 120_000);

    afterAll(async () => {
      await stopSimulators();
      rmSync(folder, { recursive: true, force: true });
    });

    describe(KINDS[0]!, () => {
      test('is registered, licensed and executable', () => {
        expect(answer.listed).toMatchObject({
          id: CONNECTOR_TYPE_ID,
          enabled: true,
          enabledInLicense: true,
          supportedFeatureIds: ['siem'],
        });
      });

      test('has its connectors validated', () => {
        expect(answer.connectorProblems).toEqual({
          good: '',
          'not https': expect.stringContaining('https origin'),
          'unknown key': expect.stringContaining('[other]'),
          'blank token': expect.stringContaining('[token]'),
        });
      });

      test('refuses a user without the privilege, and sends nothing to SentinelOne', () => {
        const [{ answer: refused, calls }] = answer.executions as [Executed];
        expect(refused).toMatchObject({ status: 'error', retry: true });
        expect(refused.serviceMessage).toContain('analyst lacks the privilege to isolate');
        expect(calls).toEqual([]);
      });

      test('tests the connection', () => {
        const { answer: tested, calls } = answer.executions[1]!;
        expect(tested.status).toBe('ok');
        const { checks } = tested.data as TestConnectionResult;
        expect(checks.map(({ id }) => id)).toEqual(
          expect.arrayContaining(['reachable', 'token', 'permissions', 'expiry'])
        );
        expect(checks.filter(({ status }) => status === 'failed')).toEqual([]);
        expect(calls.map(({ path }) => path)).toContain('/agents');
        expect(calls.filter(isWrite)).toEqual([]);
      });

      test('isolates exactly the given host', () => {
        const { answer: isolated, calls } = answer.executions[2]!;
        expect(isolated.status).toBe('ok');
        const { hosts } = isolated.data as ActionResult;
        expect(hosts).toEqual([expect.objectContaining({ agentId: HOST.id, uuid: HOST.uuid })]);
        expect(['requested', 'done']).toContain(hosts[0]!.outcome);
        expect(calls.filter(isWrite)).toEqual([
          expect.objectContaining({
            path: '/agents/actions/disconnect',
            affectedIds: [HOST.id],
            selectedIds: [HOST.id],
            tokenInUrl: false,
            status: 200,
          }),
        ]);
        expect(host.networkStatus).toBe('disconnected');
      });

      test("keeps SentinelOne's error message, despite the framework's text", () => {
        const { answer: failed, calls } = answer.executions[3]!;
        expect(failed.status).toBe('error');
        expect(failed.serviceMessage).toMatch(/^\[unauthorized\] /);
        expect(calls.map(({ path, status }) => [path, status])).toEqual([['/agents', 401]]);
      });

      test('refuses a forged action id, and sends nothing to SentinelOne', () => {
        const { answer: refused, calls } = answer.executions[4]!;
        expect(refused.status).toBe('error');
        expect(refused.serviceMessage).toContain(`[actionId]: got "${FORGED_ID}"`);
        expect(calls).toEqual([]);
      });

      test.each(
        MESSAGE_TEMPLATES.map(([template, expected], n) => [template, expected, n] as const)
      )('renders the comment %s of a rule as Kibana does', (_, expected, n) => {
        const { kibanas, ours } = answer.rendered[n]!;
        expect(ours).toBe(kibanas.trim());
        if (expected !== undefined) expect(kibanas.trim()).toBe(expected);
        expect(ours).not.toMatch(/not in the workbench|object Object/);
      });

      test('writes to the event log, in its format, and to the audit log', () => {
        const told = answer.events.map(({ event, user }) => [
          event.action,
          event.outcome,
          user.name,
        ]);
        expect(told).toEqual([
          // A request that is refused as a whole is one event.
          ['isolate-attempt', 'failure', 'analyst'],
          ['isolate-attempt', 'unknown', 'analyst'],
          // The host is isolated at once; the reconciliation task records that end.
        ]);
        expect(answer.audited.map(({ event }) => [event.action, event.outcome])).toEqual([
          ['sentinelone_response_isolate_attempt', 'failure'],
          ['sentinelone_response_isolate_attempt', 'unknown'],
        ]);
      });

      test('logs its actions and never the token', () => {
        expect(answer.log).toContain('executing action sentinelone-response:the-connector');
        expect(answer.log).not.toContain(FULL_TOKEN);
        expect(JSON.stringify(answer)).not.toContain(FULL_TOKEN);
      });
    });

    describe(KINDS[1]!, () => {
      test('is read as it was written', () => {
        expect(answer.manifest).toMatchObject(manifestOf(root, kibanaVersion));
      });

      test('is refused when it is for another Kibana or has a foreign key', () => {
        expect(answer.refusals).toEqual([
          expect.stringContaining('8.12.1'),
          expect.stringContaining('somethingElse'),
        ]);
      });
    });

    describe(KINDS[2]!, () => {
      test('is accepted, with its sub-privileges', () => {
        expect(answer.feature).toMatchObject({ id: PLUGIN_ID });
        expect(answer.granted).toEqual({
          // Changing how long records are kept is given by itself only.
          all: [API_PRIVILEGE.view, ...ACTION_PRIVILEGES].sort(),
          read: [API_PRIVILEGE.view],
        });
      });
    });

    describe(KINDS[3]!, () => {
      test('registers everything', () => {
        expect(answer.registered).toEqual({
          caseAttachments: [CASE_ATTACHMENT_TYPE_ID],
          connectorTypes: [CONNECTOR_TYPE_ID],
          features: [PLUGIN_ID],
          routes: expect.arrayContaining([
            'POST /internal/sentinelone_response/hosts/_isolate',
            'POST /internal/sentinelone_response/hosts/_release',
            'GET /internal/sentinelone_response/actions/_csv',
            'POST /api/sentinelone_response/actions',
          ]),
          savedObjectTypes: [
            ACTION_SAVED_OBJECT_TYPE,
            HOST_LOCK_SAVED_OBJECT_TYPE,
            PROTECTION_SETTINGS_SAVED_OBJECT_TYPE,
            RETENTION_SETTINGS_SAVED_OBJECT_TYPE,
          ],
          taskTypes: [
            'sentineloneResponse:status-reconciliation',
            'sentineloneResponse:automatic-release',
            'sentineloneResponse:retention',
          ],
        });
      });

      test('registers nothing if a required plugin is absent', () => {
        const { requiredPlugins } = answer.manifest;
        expect(requiredPlugins).toContain('actions');
        expect(Object.keys(answer.without)).toEqual(requiredPlugins);
        for (const [missing, { registered, log }] of Object.entries(answer.without)) {
          expect(registered).toEqual(NOTHING);
          expect(log).toMatch(
            new RegExp(`Plugin "${PLUGIN_ID}" has been disabled .*\\[${missing}\\]`)
          );
        }
      });

      test('its phases take a time, which is printed', () => {
        const { load, setup, start } = answer.milliseconds;
        const ms = (value: number) => `${value.toFixed(1)} ms`;
        process.stdout.write(
          `Measured: the plugin in a real Kibana: load ${ms(load)}, setup ${ms(setup)}, start ${ms(start)}; ` +
            `setup and start together ${ms(setup + start)} (the goal: under 50 ms)\n`
        );
        for (const one of [load, setup, start]) expect(one).toBeGreaterThan(0);
      });
    });

    function folderWith(changes: object): string {
      const made = mkdtempSync(join(folder, 'manifest-'));
      const changed = { ...manifestOf(root, kibanaVersion), ...changes };
      writeFileSync(join(made, 'kibana.json'), JSON.stringify(changed));
      return made;
    }
  });
}
