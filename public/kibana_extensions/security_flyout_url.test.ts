import { alertInUrl } from './security_flyout_url';

const INDEX = '.internal.alerts-security.alerts-default-000001';
const query = (state: string) => `?sourcerer=(default:())&eventFlyout=${encodeURIComponent(state)}`;

it('finds the alert of the open flyout in the format of Kibana 8.12.2', () => {
  const search = `?eventFlyout=(preview%3A!()%2CrightPanel%3A(id%3Adocument-details-right%2Cparams%3A(id%3A%27553f996b08d373c4%27%2CindexName%3A${INDEX}%2CscopeId%3Aalerts-page)))&timeline=(isOpen:!f)`;
  expect(alertInUrl(search)).toEqual({ alertId: '553f996b08d373c4', index: INDEX });
});

it('finds it with the name of the panel in later versions', () => {
  const state = `(right:(id:document-details-right,params:(id:a1,indexName:${INDEX})))`;
  expect(alertInUrl(query(state))).toEqual({ alertId: 'a1', index: INDEX });
});

it.each(['flyout', 'flyoutState'])('finds it in the parameter %s of later versions', (name) => {
  const state = `(right:(id:document-details-right,params:(id:a1,indexName:${INDEX})))`;
  expect(alertInUrl(`?${name}=${encodeURIComponent(state)}`)).toEqual({
    alertId: 'a1',
    index: INDEX,
  });
});

it('finds none in the state of Timeline, and none when parameters contain different alerts', () => {
  const stateOf = (id: string) =>
    encodeURIComponent(`(right:(id:document-details-right,params:(id:${id},indexName:${INDEX})))`);
  expect(alertInUrl(`?timelineFlyout=${stateOf('a1')}`)).toBeUndefined();
  expect(alertInUrl(`?flyout=${stateOf('a1')}&timelineFlyout=${stateOf('a2')}`)).toMatchObject({
    alertId: 'a1',
  });
  expect(alertInUrl(`?flyout=${stateOf('a1')}&eventFlyout=${stateOf('a1')}`)).toMatchObject({
    alertId: 'a1',
  });
  expect(alertInUrl(`?flyout=${stateOf('a1')}&eventFlyout=${stateOf('a2')}`)).toBeUndefined();
});

it.each([
  ['there is no flyout', '?timeline=(isOpen:!f)'],
  ['there is no query', ''],
  ['it is closed', query('()')],
  ['it is empty', query('')],
  ['it is not rison', query('(((')],
  ['it is a text', query('open')],
  ['it is nothing', query('!n')],
  ['it has no right panel', query('(preview:!())')],
  ['its panel has no parameters', query('(rightPanel:(id:document-details-right))')],
  ['it shows a host', query('(rightPanel:(id:host-panel,params:(hostName:web-1)))')],
  [
    'it shows no alert',
    query('(rightPanel:(params:(id:a1,indexName:logs-endpoint.events-default)))'),
  ],
  ['it names no index', query('(rightPanel:(params:(id:a1)))')],
  ['its id is no text', query(`(rightPanel:(params:(id:1,indexName:${INDEX})))`)],
])('finds none when %s', (_, search) => {
  expect(alertInUrl(search)).toBeUndefined();
});
