import { nodeBundle } from './crash/node_bundle';

/** Run once before all crash tests: builds the nodes that they start, so that workers do not do it at once. */
const setUp = async (): Promise<void> => {
  await nodeBundle();
};

// eslint-disable-next-line import/no-default-export -- Jest wants one
export default setUp;
