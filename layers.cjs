/**
 * The layers of the product, from the bottom up: in each part, a folder imports from itself and from folders above it
 * in this list, never from those below it; `server` and `public` also import `common`, and nothing else. the
 * linter enforces this table (`scripts/lint/plugin.mjs`) and CONTRIBUTING prints it.
 */
const LAYERS = {
  common: [
    [
      'common/lib',
      'validation (io-ts), texts and other helpers without knowledge of hosts or actions',
    ],
    ['common/hosts', 'agents, host identity, the hosts that alerts name, protection settings'],
    ['common/actions', 'catalogues of actions and reasons, outcomes, the record and its texts'],
    ['common/api', 'io-ts codecs of the routes, the public API and the connector'],
  ],
  server: [
    ['server/lib', 'clocks, errors, logging and caches without knowledge of Kibana or hosts'],
    ['server/sentinelone_client', 'the only code that talks to SentinelOne'],
    ['server/kibana', 'adapters: validation, spaces, saved object filters, tasks, the feature'],
    ['server/settings', 'storage, versions and audit log of all settings'],
    [
      'server/protection',
      'protection settings, how they apply in a space, and which hosts they protect',
    ],
    ['server/response_actions', 'checks hosts, locks them, writes the record, sends the command'],
    ['server/retention', 'retention settings and the task that removes old records'],
    ['server/status_reconciliation', 'the task that reads SentinelOne and completes open records'],
    ['server/automatic_release', 'the task that sends automatic releases'],
    ['server/alerts', 'reads alerts and the hosts that they name'],
    ['server/cases', 'attaches actions to cases'],
    ['server/history', 'searches, sums up and exports records'],
    [
      'server/approvals',
      'requests for approval by a second person, from the request to how it ends',
    ],
    ['server/connector', 'the connector type, its sub-actions, who the caller is'],
    ['server/host_status', 'live status of hosts, shared by all viewers'],
    ['server/hosts', 'the isolated hosts of a tenant, who isolated them, and the search for hosts'],
    ['server/setup', 'the checks of the Set up page'],
    ['server/routes', 'HTTP routes'],
    ['server', 'wiring'],
  ],
  public: [
    ['public/lib', 'services, the API client, error messages, dates, URLs, poll intervals'],
    ['public/components', 'shared UI without knowledge of actions'],
    ['public/host_status', 'live status of hosts in the browser'],
    ['public/cases', 'the choice of cases, and the result of attaching to them'],
    ['public/action_history', 'components that show records'],
    ['public/actions', 'the confirmation step, sending, following an action to its end'],
    [
      'public/approvals',
      'requests for approval: on a host, as a list, and how the user decides them',
    ],
    ['public/actions/single', 'the alert flyout and the host finder: one host'],
    ['public/actions/bulk', 'the bulk flyout: several hosts'],
    ['public/connector', 'connector form and rule action parameters'],
    ['public/pages/setup', 'the Set up page'],
    ['public/pages/settings', 'the Settings page'],
    ['public/pages/history', 'the History page'],
    ['public/pages/alerts', 'the Alerts page'],
    ['public/pages/hosts', 'the Hosts page'],
    ['public/pages', 'the application: which address shows which page'],
    ['public/kibana_extensions', 'additions to Elastic Security, Discover and Cases'],
    ['public', 'wiring'],
  ],
};

/** Borders that tests keep too: files of the folder import nothing from the others. */
const BORDERS = [
  { folder: 'common', never: ['server', 'public', 'test'], why: 'common/ stands alone' },
  { folder: 'server', never: ['public'], why: 'only common/ is shared' },
  { folder: 'public', never: ['server'], why: 'only common/ is shared' },
  { folder: 'docker', never: ['server', 'public'], why: 'the plugin only as it is installed' },
  {
    folder: 'test/workbench',
    never: ['server', 'public'],
    why: 'the plugin only through its entry points',
  },
  {
    folder: 'test/simulator',
    never: ['server', 'public', 'test/workbench', 'test/helpers'],
    why: 'the simulator stands alone',
  },
];

const isIn = (path, folder) => `${path}/`.startsWith(`${folder}/`);

/** How high a path is in its part of the product; -1: it is in no layer. The longest folder counts. */
function heightOf(path, layers) {
  const found = layers.filter(([folder]) => isIn(path, folder));
  const [layer] = found.sort(([a], [b]) => b.length - a.length);
  return layers.indexOf(layer);
}

/**
 * Why a file must not import another, or undefined. Paths are relative to the project's root; that of the imported file
 * may lack its extension.
 */
function forbiddenImport(file, imported) {
  const border = BORDERS.find(
    ({ folder, never }) => isIn(file, folder) && never.some((other) => isIn(imported, other))
  );
  if (border !== undefined) return border.why;
  // Tests may use what is above the code that they test.
  if (/\.test\.tsx?$/.test(file)) return undefined;
  const layers = LAYERS[file.split('/')[0]] ?? [];
  const height = heightOf(file, layers);
  if (heightOf(imported, layers) <= height) return undefined;
  return `${layers[height][0]} is below that folder: see the table of layers in CONTRIBUTING.md`;
}

/** The table as CONTRIBUTING prints it: one line per folder. */
const rows = Object.values(LAYERS).flatMap((layers) =>
  layers.map(([folder, contents]) => ({ folder, contents }))
);

module.exports = { forbiddenImport, rows };
