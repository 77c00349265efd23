import Boom from '@hapi/boom';
import type { ElasticsearchRequests } from '../elasticsearch/requests';
import { ACTION_SAVED_OBJECT_TYPE } from './saved_object_type';

export type Operation = 'get' | 'create' | 'update' | 'delete' | 'execute';

/** What an operation needs besides the right to execute (`actions_authorization.js`, 8.12.2). */
const PRIVILEGES: Readonly<Record<Operation, readonly string[]>> = {
  get: [`saved_object:${ACTION_SAVED_OBJECT_TYPE}/get`],
  create: [`saved_object:${ACTION_SAVED_OBJECT_TYPE}/create`],
  update: [`saved_object:${ACTION_SAVED_OBJECT_TYPE}/update`],
  delete: [`saved_object:${ACTION_SAVED_OBJECT_TYPE}/delete`],
  execute: [
    `saved_object:${ACTION_SAVED_OBJECT_TYPE}/get`,
    'saved_object:action_task_params/create',
  ],
};

/** Kibana protects its own connector more than those of third parties. */
const executePrivilege = (typeId: string | undefined): string =>
  typeId === '.sentinelone'
    ? 'api:actions:execute-advanced-connectors'
    : 'api:actions:execute-basic-connectors';

/** Throws Boom's 403 `Unauthorized to …` unless `has` says that the user holds every privilege. */
export async function ensureAuthorized(
  has: (privilege: string) => boolean,
  requests: ElasticsearchRequests,
  operation: Operation,
  typeId?: string
): Promise<void> {
  // All privileges in one question (`actions-plugin/server/authorization/actions_authorization.js`).
  await requests.send('has_privileges');
  if ([...PRIVILEGES[operation], executePrivilege(typeId)].every(has)) return;
  const what = typeId === undefined ? 'actions' : `a "${typeId}" action`;
  throw Boom.forbidden(`Unauthorized to ${operation} ${what}`);
}
