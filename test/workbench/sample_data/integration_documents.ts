import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Fields = Record<string, unknown>;

/** A document of `logs-sentinel_one.alert-*`, as the integration's ingest pipeline writes it. */
export interface IntegrationDocument extends Fields {
  readonly '@timestamp': string;
  readonly event: Fields;
  readonly host: Fields & { readonly os: Fields };
  readonly observer: Fields;
  readonly process: Fields & { readonly parent: Fields };
  readonly sentinel_one: { readonly alert: Fields & { readonly agent: Fields } };
}

/** Two real documents, from the public test data of Elastic's SentinelOne integration. */
export const integrationDocuments = (): readonly IntegrationDocument[] =>
  readFileSync(join(__dirname, 'logs-sentinel_one.alert.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as IntegrationDocument);
