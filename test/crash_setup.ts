import { nodePath } from './crash/node';

/** Run once before all crash tests: builds the nodes that they start, so that workers do not do it at once. */
const setUp = async (): Promise<void> => {
  await nodePath();
};

// eslint-disable-next-line import/no-default-export -- Jest wants one
export default setUp;
