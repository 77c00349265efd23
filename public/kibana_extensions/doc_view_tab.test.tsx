import { render, screen, waitFor } from '@testing-library/react';
import { menuItem } from '../../test/helpers/ui/queries';
import userEvent from '@testing-library/user-event';
import type { DataTableRecord } from '@kbn/unified-doc-viewer-plugin/public';
import { statusAnswer } from '../../test/helpers/ui/answers';
import { agentWith } from '../../test/helpers/sample_hosts';
import { fakeServices, inFake } from '../../test/helpers/ui/fake_services';
import { contextOfDocument, DocViewTab } from './doc_view_tab';

const hit = (flattened: Record<string, unknown>, index = 'logs-sentinel_one.alert-default') =>
  ({ id: 'd1', raw: { _id: 'd1', _index: index }, flattened }) as DataTableRecord;

describe('the host of a document', () => {
  it("is read from the integration's fields, with one value or several", () => {
    const context = contextOfDocument(
      hit({
        'observer.serial_number': ['0efd7bcfd285450885e05bd8d5bf2ba7'],
        'event.dataset': 'sentinel_one.alert',
        'host.id': ['1834780238610855645'],
        'host.name': 'srv-win1',
      })
    );
    expect(context).toEqual({
      agentUuid: '0efd7bcfd285450885e05bd8d5bf2ba7',
      agentId: '1834780238610855645',
      hostName: 'srv-win1',
    });
  });

  it('includes the alert if the document is one', () => {
    const index = '.internal.alerts-security.alerts-default-000001';
    expect(contextOfDocument(hit({}, index))).toMatchObject({ alertId: 'd1', index });
  });

  it("uses the host's id as the agent id only in documents of the integration", () => {
    const context = contextOfDocument(
      hit({ 'host.id': '12', 'event.module': 'endpoint', 'observer.serial_number': 'abc' })
    );
    expect(context.agentId).toBeUndefined();
  });

  it.each(['', ' ', 'a,b', 'x'.repeat(65), {}, true])('does not use %p as a UUID', (value) => {
    expect(contextOfDocument(hit({ 'observer.serial_number': value })).agentUuid).toBeUndefined();
  });
});

function show(flattened: Record<string, unknown>) {
  const onSelect = jest.fn();
  const hostsStatus = jest.fn(async () =>
    statusAnswer([{ state: 'known' as const, agent: agentWith() }])
  );
  const services = fakeServices({ api: { hostsStatus } });
  render(inFake(services, <DocViewTab hit={hit(flattened)} onSelect={onSelect} />));
  return { onSelect, hostsStatus };
}

it('shows the host with its status, and passes the chosen action on', async () => {
  const { onSelect, hostsStatus } = show({ 'observer.serial_number': agentWith().uuid });
  expect(await screen.findByText('Connected')).toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'Take action' }));
  await userEvent.click(await waitFor(() => menuItem('Isolate host')));
  expect(onSelect).toHaveBeenCalledWith({ agentUuid: agentWith().uuid }, 'isolate');
  expect(hostsStatus.mock.calls).toHaveLength(1);
});

it('sends no request when the document contains no valid agent', async () => {
  const { hostsStatus } = show({ 'observer.serial_number': 'a,b' });
  await screen.findByText(/does not identify a SentinelOne agent/);
  expect(hostsStatus).not.toHaveBeenCalled();
});

it('requires the choice of one of several hosts before an action', async () => {
  const [a, b] = [agentWith({ id: '1', uuid: 'a' }), agentWith({ id: '2', uuid: 'b' })];
  const onSelect = jest.fn();
  const hostsStatus = async (references: ReadonlyArray<{ readonly uuid?: string }>) =>
    statusAnswer(references.map(({ uuid }) => ({ state: 'known', agent: uuid === 'a' ? a : b })));
  const document = hit({ 'observer.serial_number': ['a', 'b'], 'host.name': ['srv-win1', 'x'] });
  const services = fakeServices({ api: { hostsStatus } });
  render(inFake(services, <DocViewTab hit={document} onSelect={onSelect} />));
  const options = await screen.findAllByRole('radio');
  expect(options).toHaveLength(2);
  await userEvent.click(screen.getByRole('button', { name: 'Take action' }));
  const item = await waitFor(() => menuItem(/Isolate host/));
  expect(item).toHaveAttribute('aria-disabled', 'true');
  await userEvent.click(options[1]!);
  await waitFor(() => expect(item).toHaveAttribute('aria-disabled', 'false'));
  await userEvent.click(item);
  expect(onSelect).toHaveBeenCalledWith(
    expect.objectContaining({ chosen: { uuid: 'b', names: ['srv-win1', 'x'] } }),
    'isolate'
  );
});

it('explains why a number is not used as an agent id', async () => {
  const { hostsStatus } = show({ 'sentinel_one.threat.agent.id': [1.8e18] });
  await screen.findByText(/is a JSON number, read as 1800000000000000000/);
  expect(hostsStatus).not.toHaveBeenCalled();
});
