import { makeConnector } from './connector';
import { storeDocuments } from './documents';
import { makeRule, prepareSecurity } from './elastic_security';
import type { Deployment } from './request';
import { putUsers } from './users';

/**
 * Fills the deployment as the documented set-up would. What is there already stays, so that it may run at
 * every start. Returns how many hosts there are.
 */
export async function setUp(deployment: Deployment): Promise<number> {
  await putUsers(deployment);
  await makeConnector(deployment);
  await prepareSecurity(deployment);
  // The rule looks back a few minutes only: the documents come right before it.
  const hosts = await storeDocuments(deployment);
  await makeRule(deployment);
  return hosts;
}
