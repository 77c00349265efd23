import { nodeScript } from './workbench/node_script';

/** Run once before all contract tests: builds the workbench that they open, and tells the workers where it is. */
const setUp = async (): Promise<void> => {
  if (process.env.KIBANA_URL !== undefined) return;
  process.env.WORKBENCH_SCRIPT = await nodeScript(
    'workbench-parts',
    'test/helpers/workbench_parts.ts'
  );
};

// eslint-disable-next-line import/no-default-export -- Jest wants one
export default setUp;
