import type { CoreRequestHandlerContext, KibanaResponseFactory } from '@kbn/core/server';
import { aString, anObject, schemaOf } from '../actions/config_schema_texts';
import type { Indices } from '../elasticsearch/indices';
import type { KibanaRequest } from '../http/kibana_request';
import type { Handler, WorkbenchRouter } from '../http/router';
import { notInTheWorkbench } from '../not_in_the_workbench';
import { ruleFrom, runRule, type Rule } from './rule';

const RULES = '/api/detection_engine/rules';
const ALERTS_SEARCH = '/api/detection_engine/signals/search';
/** Without Elastic Security's feature in the workbench only a superuser has this. */
const options = { tags: ['access:securitySolution'] };
const anyBody = (body: unknown, { ok }: { readonly ok: (value: unknown) => object }) =>
  ok(body ?? {});

interface DetectionEngine {
  /** Adds a rule that has run before. */
  addRule(spaceId: string, rule: Record<string, unknown>): void;
}

/** `field: "value" or field: "value"`, which is all that the workbench understands of a filter. */
function matchesFilter(rule: Rule, filter: string | undefined): boolean {
  if (filter === undefined) return true;
  return filter.split(' or ').some((part) => {
    const [, name = '', value] = /^alert\.attributes\.params\.(\w+): "([^"]*)"$/.exec(part) ?? [];
    if (value === undefined) return notInTheWorkbench(`the filter of rules ${part}`);
    const held = rule[name];
    return Array.isArray(held) ? held.includes(value) : held === value;
  });
}

/** Rules of the detection engine, by the API of Kibana 8.12.2: find, create, patch, delete. */
export function createDetectionEngine(
  router: WorkbenchRouter,
  indices: Indices,
  spaceIdOf: (request: KibanaRequest) => string
): DetectionEngine {
  const bySpace = new Map<string, Map<string, Rule>>();
  const rulesOf = (spaceId: string) => {
    const rules = bySpace.get(spaceId) ?? new Map<string, Rule>();
    bySpace.set(spaceId, rules);
    return rules;
  };
  const handler =
    (
      work: (request: KibanaRequest, rules: Map<string, Rule>, spaceId: string) => unknown
    ): Handler =>
    (_context, request, factory) => {
      const response = factory as KibanaResponseFactory;
      const spaceId = spaceIdOf(request);
      const body = work(request, rulesOf(spaceId), spaceId);
      return body === undefined
        ? response.notFound({ body: { message: 'rule not found' } })
        : response.ok({ body: body as Record<string, unknown> });
    };
  const run = (rule: Rule, rules: Map<string, Rule>, spaceId: string): Rule => {
    const done = runRule(rule, indices, spaceId, Date.now());
    rules.set(done.id, done);
    return done;
  };

  const findQuery = schemaOf(
    anObject({
      filter: aString({ optional: true }),
      per_page: aString({ optional: true }),
      page: aString({ optional: true }),
    })
  );
  router.get(
    { path: `${RULES}/_find`, validate: { query: findQuery }, options },
    handler(({ query }, rules) => {
      const { filter } = query as { filter?: string };
      const data = [...rules.values()].filter((rule) => matchesFilter(rule, filter));
      return { page: 1, perPage: data.length, total: data.length, data };
    })
  );
  router.post(
    { path: RULES, validate: { body: anyBody }, options },
    handler(({ body }, rules, spaceId) =>
      run(ruleFrom(body as Record<string, unknown>), rules, spaceId)
    )
  );
  router.patch(
    { path: RULES, validate: { body: anyBody }, options },
    handler(({ body }, rules, spaceId) => {
      const change = body as Record<string, unknown>;
      const known = rules.get(String(change.id));
      return known === undefined ? undefined : run({ ...known, ...change }, rules, spaceId);
    })
  );
  router.delete(
    { path: RULES, validate: { query: schemaOf(anObject({ id: aString() })) }, options },
    handler(({ query }, rules) => {
      const { id } = query as { id: string };
      const known = rules.get(id);
      rules.delete(id);
      return known;
    })
  );
  // In Kibana this needs "Security: Read", which everybody who may read alerts has in the workbench.
  router.post(
    { path: ALERTS_SEARCH, validate: { body: anyBody } },
    async (context, request, factory) => {
      const { core } = context as { core: Promise<CoreRequestHandlerContext> };
      const { elasticsearch } = await core;
      const body = await elasticsearch.client.asCurrentUser.search({
        ...(request.body as object),
        index: `.alerts-security.alerts-${spaceIdOf(request)}`,
        ignore_unavailable: true,
      });
      return (factory as KibanaResponseFactory).ok({
        body: body as unknown as Record<string, unknown>,
      });
    }
  );
  return {
    addRule: (spaceId, rule) => {
      const added = ruleFrom(rule);
      rulesOf(spaceId).set(added.id, added);
    },
  };
}
