import { fleetOf } from '../simulator/fleet_of';
import { send } from '../helpers/http';
import { startWorkbench } from '../workbench/host';
import { alertsOf } from '../workbench/sample_data/sample_alerts';
import { median, ms, printTable, ratio, timed } from './figures';

const SIZES = [1_000, 100_000] as const;
const ROUNDS = 7;
const PAGES: Readonly<Record<string, string>> = {
  'first page': '?perPage=25',
  'deep page': '?perPage=25&page=40',
  'status filter': '?perPage=25&status=open',
  search: '?perPage=25&search=host-00007',
};

/**
 * The alerts page's route at two sizes. The search itself is the workbench's own here; what counts is
 * that our part of the work does not grow with the number of alerts.
 */
export async function benchAlertsPage(): Promise<void> {
  const medians = new Map<string, number[]>();
  const bytes = new Map<string, number>();
  for (const size of SIZES) {
    const hosts = fleetOf(1_000).map(({ uuid, id, computerName }) => ({
      uuid: uuid!,
      id,
      name: computerName!,
    }));
    const workbench = await startWorkbench({ alerts: alertsOf(size, hosts, Date.now()) });
    try {
      for (const [name, query] of Object.entries(PAGES)) {
        const times: number[] = [];
        for (let round = 0; round < ROUNDS; round++) {
          const { took, value } = await timed(() =>
            send(workbench.url, 'analyst', 'GET', `/internal/sentinelone_response/alerts${query}`)
          );
          if (value.status !== 200) throw new Error(`The alerts page answers ${value.status}`);
          times.push(took);
          bytes.set(name, value.text.length);
        }
        medians.set(name, [...(medians.get(name) ?? []), median(times)]);
      }
    } finally {
      await workbench.stop();
    }
  }
  printTable(
    `Alerts page, median of ${ROUNDS}`,
    ['page', ...SIZES.map((size) => `${size.toLocaleString('en')} alerts`), 'ratio', 'bytes'],
    [...medians].map(([name, [few = NaN, many = NaN]]) => [
      name,
      ms(few),
      ms(many),
      ratio(many, few),
      String(bytes.get(name)),
    ])
  );
}
