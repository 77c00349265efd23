import Boom from '@hapi/boom';
import { randomUUID } from 'node:crypto';
import type { SavedObject, SavedObjectsClientContract } from '@kbn/core/server';
import type { ElasticsearchRequests } from '../elasticsearch/requests';
import { onlyThese } from '../not_in_the_workbench';
import { ensureAuthorized, type Operation } from './authorization';
import type { ExecuteConnector } from './connector_executor';
import type { ConnectorTypeRegistry } from './connector_type_registry';
import { PreconfiguredDisabledError } from './disabled_errors';
import { ACTION_SAVED_OBJECT_TYPE as ACTION } from './saved_object_type';
import type { ActionExecutionSource, InMemoryConnector, KibanaRequest, Values } from './types';
import type { ServerContracts } from '../versions/kibana_version';
import { validateWithType } from './validate';

const PER_PAGE = 10_000;

interface Connector {
  readonly actionTypeId: string;
  readonly name: string;
  readonly isMissingSecrets: boolean;
  readonly config: Values;
}

interface NewConnector {
  readonly name: string;
  readonly config: Values;
  readonly secrets: Values;
}

interface ActionsClientPorts {
  readonly contracts: ServerContracts;
  readonly registry: ConnectorTypeRegistry;
  readonly requests: ElasticsearchRequests;
  readonly execute: ExecuteConnector;
  readonly inMemoryConnectors: readonly InMemoryConnector[];
  /** The request's space, no privilege checked: this client checks them itself. */
  readonly savedObjects: SavedObjectsClientContract;
  readonly request: KibanaRequest;
  /** Whether the caller holds a privilege in the request's space. */
  readonly has: (privilege: string) => boolean;
}

const FLAGS = { isPreconfigured: false, isSystemAction: false, isDeprecated: false };

function resultOf({ id, attributes }: Pick<SavedObject<Connector>, 'id' | 'attributes'>) {
  const { actionTypeId, isMissingSecrets, name, config } = attributes;
  return { id, actionTypeId, isMissingSecrets, name, config, ...FLAGS };
}

/** A preconfigured connector: its config and secrets stay in Kibana. */
const inMemoryResult = ({ id, actionTypeId, name }: InMemoryConnector) => ({
  id,
  actionTypeId,
  name,
  isPreconfigured: true,
  isSystemAction: false,
  isDeprecated: false,
});

/** `ActionsClient` of Kibana 8.12.2, as the user of a request. Throws Boom errors. */
export function createActionsClient(ports: ActionsClientPorts) {
  const { contracts, registry, inMemoryConnectors, savedObjects } = ports;
  const authorize = (operation: Operation, typeId?: string) =>
    ensureAuthorized(ports.has, ports.requests, operation, typeId);
  const preconfigured = (id: string) => inMemoryConnectors.find((one) => one.id === id);

  const validated = (typeId: string, { config, secrets }: NewConnector) => {
    const type = registry.get(typeId);
    const parts = {
      config: validateWithType(type, 'config', config, registry.utilities, contracts),
      secrets: validateWithType(type, 'secrets', secrets, registry.utilities, contracts),
    };
    registry.ensureActionTypeEnabled(typeId);
    return parts;
  };

  return onlyThese('actionsClient', {
    async create({
      action,
      options,
    }: {
      readonly action: NewConnector & { readonly actionTypeId: string };
      readonly options?: { readonly id?: string };
    }) {
      const id = options?.id || randomUUID();
      const { actionTypeId, name } = action;
      await authorize('create', actionTypeId);
      if (preconfigured(id) !== undefined) {
        throw Boom.badRequest(`This ${id} already exists in a preconfigured action.`);
      }
      const parts = validated(actionTypeId, action);
      const attributes = { actionTypeId, name, isMissingSecrets: false, ...parts };
      return resultOf(await savedObjects.create<Connector>(ACTION, attributes, { id }));
    },

    async update({ id, action }: { readonly id: string; readonly action: NewConnector }) {
      await authorize('update');
      if (preconfigured(id) !== undefined) {
        throw new PreconfiguredDisabledError(
          `Preconfigured action ${id} can not be updated.`,
          'update'
        );
      }
      const existing = await savedObjects.get<Connector>(ACTION, id);
      const { actionTypeId } = existing.attributes;
      const parts = validated(actionTypeId, action);
      const attributes = {
        ...existing.attributes,
        name: action.name,
        isMissingSecrets: false,
        ...parts,
      };
      const { references, version } = existing;
      const written = await savedObjects.create<Connector>(ACTION, attributes, {
        id,
        overwrite: true,
        references,
        version,
      });
      return resultOf({ id, attributes: written.attributes });
    },

    async delete({ id }: { readonly id: string }) {
      await authorize('delete');
      if (preconfigured(id) !== undefined) {
        throw new PreconfiguredDisabledError(
          `Preconfigured action ${id} is not allowed to delete.`,
          'delete'
        );
      }
      return savedObjects.delete(ACTION, id);
    },

    async get({ id }: { readonly id: string; readonly throwIfSystemAction?: boolean }) {
      await authorize('get');
      const inMemory = preconfigured(id);
      if (inMemory !== undefined) return inMemoryResult(inMemory);
      return resultOf(await savedObjects.get<Connector>(ACTION, id));
    },

    async getAll(_options: { readonly includeSystemActions?: boolean } = {}) {
      await authorize('get');
      const found = await savedObjects.find<Connector>({ type: ACTION, perPage: PER_PAGE });
      const created = found.saved_objects.map(({ id, attributes }) => ({
        id,
        ...attributes,
        ...FLAGS,
      }));
      return [...created, ...inMemoryConnectors.map(inMemoryResult)]
        .sort((a, b) => a.name.localeCompare(b.name))
        .map((connector) => ({ ...connector, referencedByCount: 0 }));
    },

    async getBulk({ ids }: { readonly ids: readonly string[] }) {
      await authorize('get');
      const inMemory = ids.flatMap((id) => preconfigured(id) ?? []);
      const others = [...new Set(ids)].filter((id) => preconfigured(id) === undefined);
      const { saved_objects: found } = await savedObjects.bulkGet<Connector>(
        others.map((id) => ({ type: ACTION, id }))
      );
      for (const { id, error } of found) {
        if (error === undefined) continue;
        throw Boom.badRequest(
          `Failed to load action ${id} (${error.statusCode}): ${error.message}`
        );
      }
      return [...inMemory, ...found.map(({ id, attributes }) => ({ id, ...attributes, ...FLAGS }))];
    },

    async execute(options: {
      readonly actionId: string;
      readonly params: unknown;
      readonly source?: ActionExecutionSource;
      readonly relatedSavedObjects?: unknown;
    }) {
      const { actionId, params, source } = options;
      let typeId: string | undefined = preconfigured(actionId)?.actionTypeId;
      if (typeId === undefined) {
        try {
          typeId = (await savedObjects.get<Connector>(ACTION, actionId)).attributes.actionTypeId;
        } catch {
          // Kibana asks for the right to execute first, whether there is such a connector or not.
        }
      }
      await authorize('execute', typeId);
      return ports.execute({ actionId, params, source, request: ports.request });
    },

    listTypes: async ({ featureId }: { readonly featureId?: string } = {}) =>
      registry.list(featureId),
    isPreconfigured: (id: string) => preconfigured(id) !== undefined,
    isSystemAction: () => false,
    isActionTypeEnabled: (id: string, options?: { readonly notifyUsage: boolean }) =>
      registry.isActionTypeEnabled(id, options),
  });
}
export type WorkbenchActionsClient = ReturnType<typeof createActionsClient>;
