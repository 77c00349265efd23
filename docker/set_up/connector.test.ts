import { startWorkbench, type Workbench } from '../../test/workbench/host';
import { makeConnector } from './connector';
import { request } from './request';

const auth = 'admin:admin';
let workbench: Workbench;

beforeAll(async () => {
  workbench = await startWorkbench({ bare: true });
}, 60_000);
afterAll(() => workbench.stop());

it('creates one connector in Kibana, even if it runs repeatedly', async () => {
  const kibana = workbench.url;
  const simulator = 'http://127.0.0.1:1';
  const connectors = async () =>
    (await request({ auth }, 'GET', `${kibana}/api/actions/connectors`)).body;
  const expected = [{ name: 'SentinelOne', config: { url: simulator, allowAutomation: false } }];
  await makeConnector({ kibana, simulator, auth });
  expect(await connectors()).toMatchObject(expected);
  await makeConnector({ kibana, simulator, auth });
  expect(await connectors()).toMatchObject(expected);
  // Two at once do not see each other's.
  const [{ id }] = (await connectors()) as [{ id: string }];
  await request({ auth }, 'DELETE', `${kibana}/api/actions/connector/${id}`);
  await Promise.all([1, 2, 3].map(() => makeConnector({ kibana, simulator, auth })));
  expect(await connectors()).toMatchObject([{ id }]);
});
