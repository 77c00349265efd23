import Boom from '@hapi/boom';
import type { ISavedObjectsRepository, KibanaResponseFactory } from '@kbn/core/server';
import { aString, anObject, schemaOf } from '../actions/config_schema_texts';
import { DEFAULT_SPACE_ID } from '../http/base_path';
import type { KibanaRequest } from '../http/kibana_request';
import type { Handler, WorkbenchRouter } from '../http/router';
import { SavedObjectsErrorHelpers } from '../saved_objects/errors';
import { SPACE_TYPE, type Space } from './space_saved_objects';

const anything = (value: unknown, { ok }: { readonly ok: (value: unknown) => object }) => ok(value);
const params = schemaOf(anObject({ id: aString() }));

interface SpaceRoutesPorts {
  /** Kibana's own, of spaces. */
  readonly repository: () => ISavedObjectsRepository;
  /** Whether the user who sent a request may manage spaces. */
  readonly mayManage: (request: KibanaRequest) => boolean;
  /** Deletes everything that is in a space. */
  readonly deleteByNamespace: (spaceId: string) => void;
}

/** The spaces API of Kibana 8.12.2 (`spaces-plugin/server/routes/api/external`): making and deleting one. */
export function defineSpaceRoutes(
  router: WorkbenchRouter,
  { repository, mayManage, deleteByNamespace }: SpaceRoutesPorts
): void {
  const handler =
    (work: (request: KibanaRequest, response: KibanaResponseFactory) => Promise<object>): Handler =>
    async (_context, request, factory) => {
      const response = factory as KibanaResponseFactory;
      try {
        if (!mayManage(request)) throw Boom.forbidden('Unauthorized to manage spaces');
        return (await work(request, response)) as ReturnType<KibanaResponseFactory['ok']>;
      } catch (error) {
        const boom = Boom.boomify(error as Error);
        return response.customError({ statusCode: boom.output.statusCode, body: boom });
      }
    };

  router.post(
    { path: '/api/spaces/space', validate: { body: anything } },
    handler(async ({ body }, response) => {
      const { id, name, disabledFeatures = [] } = body as Partial<Space>;
      if (id === undefined || !/^[a-z0-9_-]+$/.test(id) || name === undefined || name === '') {
        throw Boom.badRequest("[request body.id]: must be lower case, a-z, 0-9, '_', and '-'");
      }
      try {
        await repository().create(SPACE_TYPE, { name, disabledFeatures }, { id });
      } catch (error) {
        if (!SavedObjectsErrorHelpers.isConflictError(error as Error)) throw error;
        throw Boom.conflict(`A space with the identifier ${id} already exists.`);
      }
      return response.ok({ body: { id, name, disabledFeatures } });
    })
  );
  router.delete(
    { path: '/api/spaces/space/{id}', validate: { params } },
    handler(async (request, response) => {
      const { id } = request.params as { readonly id: string };
      await repository().get(SPACE_TYPE, id);
      if (id === DEFAULT_SPACE_ID) {
        throw Boom.badRequest(`The ${id} space cannot be deleted because it is reserved.`);
      }
      deleteByNamespace(id);
      await repository().delete(SPACE_TYPE, id);
      return response.noContent();
    })
  );
}
