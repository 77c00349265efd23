import type { HostName } from '../../test/simulator/sample_fleet';
import { integrationDocuments } from '../../test/workbench/sample_data/integration_documents';
import { request, type Deployment } from './request';

const DATA_STREAM = 'logs-sentinel_one.alert-default';
const EXISTS = 409;

interface BulkAnswer {
  readonly items: ReadonlyArray<{
    readonly create: { readonly status: number; readonly error?: unknown };
  }>;
}

/** The lines of a bulk request: one document per host, made from the integration's own test documents. */
function bulkLines(hosts: readonly HostName[], now: number): string {
  const templates = integrationDocuments();
  const lines = hosts.flatMap(({ uuid, id, name }, n) => {
    const template = templates[n % templates.length]!;
    const { alert } = template.sentinel_one;
    const document = {
      ...template,
      '@timestamp': new Date(now - n * 1000).toISOString(),
      event: { ...template.event, module: 'sentinel_one' },
      observer: { ...template.observer, serial_number: uuid },
      host: { ...template.host, id, name },
      sentinel_one: {
        ...template.sentinel_one,
        alert: { ...alert, agent: { ...alert.agent, id, computer_name: name } },
      },
    };
    // With an id of its own, a document that is there already is not created again.
    return [{ create: { _id: id } }, document];
  });
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** Stores a document about each of the simulator's hosts, once. Returns how many hosts there are. */
export async function storeDocuments(deployment: Deployment): Promise<number> {
  const { elasticsearch, simulator } = deployment;
  const { body: hosts } = await request<readonly HostName[]>(
    deployment,
    'GET',
    `${simulator}/_simulator/hosts`
  );
  const { body } = await request<BulkAnswer>(
    deployment,
    'POST',
    `${elasticsearch}/${DATA_STREAM}/_bulk?refresh=true`,
    { body: bulkLines(hosts, Date.now()) }
  );
  const refused = body.items.find(({ create: { status } }) => status >= 300 && status !== EXISTS);
  if (refused !== undefined) {
    throw new Error(`A document was not stored: ${JSON.stringify(refused.create)}`);
  }
  return hosts.length;
}
