import { randomUUID } from 'node:crypto';
import type { Indices } from '../elasticsearch/indices';
import { notInTheWorkbench } from '../not_in_the_workbench';
import { compileQuery } from '../search/query';
import { detectionAlert } from '../sample_data/detection_alert';

/** A custom query rule as the detection engine's API has it (8.12.2), as far as the workbench runs it. */
export interface Rule extends Record<string, unknown> {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly index: readonly string[];
  readonly query: string;
  readonly severity: string;
  readonly risk_score: number;
  readonly enabled: boolean;
}

const EXISTS = /^([\w.]+):\*$/;

/** A rule from the body of a request, with what Kibana adds. */
export const ruleFrom = (body: Record<string, unknown>): Rule =>
  ({
    enabled: true,
    filters: [],
    immutable: false,
    language: 'kuery',
    ...body,
    id: typeof body.id === 'string' ? body.id : randomUUID(),
  }) as unknown as Rule;

/** Runs a rule over the documents of its indices; returns it with how that went. */
export function runRule(rule: Rule, indices: Indices, spaceId: string, now: number): Rule {
  if (!rule.enabled) return rule;
  const field = EXISTS.exec(rule.query)?.[1];
  if (field === undefined) return notInTheWorkbench(`a rule with the query ${rule.query}`);
  const found = rule.index.flatMap((pattern) => indices.resolve(pattern));
  const alerts = found.flatMap(({ documents }) => {
    const matches = compileQuery(documents, { exists: { field } });
    return documents.documents
      .filter((_, n) => matches(n))
      .map(({ _id, _source }) =>
        detectionAlert({
          document: _source,
          story: {
            rule: rule.name,
            ruleId: rule.id,
            severity: rule.severity as 'high',
            riskScore: rule.risk_score,
          },
          at: now,
          spaceId,
          key: `${rule.id}:${_id}`,
        })
      );
  });
  const known = indices.alertsOf(spaceId);
  const ids = new Set(known.map(({ _id }) => _id));
  const fresh = alerts.filter(({ _id }) => !ids.has(_id));
  if (fresh.length > 0) indices.setAlerts(spaceId, [...fresh, ...known]);
  return {
    ...rule,
    execution_summary: {
      last_execution: { date: new Date(now).toISOString(), status: 'succeeded', message: '' },
    },
  };
}
