/** What a test opens a workbench with: one script for a worker that loads it for all of its files. */
export { controlOf } from '../simulator/control';
export { createSimulator } from '../simulator/simulator';
export { startWorkbench } from '../workbench/host';
