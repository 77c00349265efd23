import setUpContract from './contract_setup';
import { launchBrowser } from './helpers/browser';
import { buildWorkbenchAssets } from './workbench/browser/build';

/**
 * Run once before all browser tests: unpacks the browser and builds what the workbench's pages load, so that workers
 * which start together do not do it twice, or start a browser that another is still unpacking.
 */
const setUp = async (): Promise<void> => {
  const browser = await launchBrowser();
  await browser.close();
  await setUpContract();
  if (process.env.KIBANA_URL === undefined) await buildWorkbenchAssets();
};

// eslint-disable-next-line import/no-default-export -- Jest wants one
export default setUp;
