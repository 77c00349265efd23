import { createHash } from 'node:crypto';
import { jsonCopy } from '../json_copy';
import type { IntegrationDocument } from './integration_documents';
import type { Story } from './stories';

/** A host as alerts name it. */
export interface AlertedHost {
  readonly uuid?: string;
  readonly id?: string;
  readonly name: string;
  readonly osType: string;
  readonly osName: string;
}

const hash = (algorithm: string, text: string): string =>
  createHash(algorithm).update(text).digest('hex');
const hashesOf = (text: string) => ({
  md5: hash('md5', text),
  sha1: hash('sha1', text),
  sha256: hash('sha256', text),
});

/** The integration's document `template`, had it been about this host and this story. `at` in ms. */
export function documentAbout(
  template: IntegrationDocument,
  host: AlertedHost,
  story: Story,
  at: number
): Record<string, unknown> {
  const { process: told, file } = story;
  const { uuid, id, name, osType, osName } = host;
  const { host: oldHost, observer, process, sentinel_one: sentinelOne, ...rest } = template;
  const { serial_number: _, ...observerRest } = observer;
  const { id: _oldId, ...agentRest } = sentinelOne.alert.agent;
  const family = osType.startsWith('windows') ? 'windows' : osType;
  const pid = 1_000 + (parseInt(hash('md5', `${name}${story.ruleId}`).slice(0, 6), 16) % 60_000);
  const start = new Date(at - 40_000).toISOString();
  return {
    ...jsonCopy(rest),
    '@timestamp': new Date(at).toISOString(),
    event: { ...template.event, id: String(1_985_998_272_619_999_973n + BigInt(pid)) },
    host: {
      ...(id !== undefined && { id }),
      name,
      os: { family, name: osName, type: family },
      type: oldHost.type,
    },
    observer: { ...observerRest, ...(uuid !== undefined && { serial_number: uuid }) },
    process: {
      ...jsonCopy(process),
      name: told.name,
      executable: told.executable,
      command_line: told.commandLine,
      hash: hashesOf(told.executable),
      pid,
      start,
      user: { name: told.user },
      parent: { name: told.parent, pid: pid - 12, start, user: { name: told.user } },
    },
    ...(file && { file: { ...file, hash: hashesOf(file.path) } }),
    rule: { id: String(1_412_136_126_226_508_571n + BigInt(pid)), name: story.sentinelOneRule },
    related: { hosts: [name], hash: [hash('md5', told.executable)] },
    sentinel_one: {
      alert: {
        ...jsonCopy(sentinelOne.alert),
        rule: {
          ...(sentinelOne.alert.rule as Record<string, unknown> | undefined),
          severity: story.severity.charAt(0).toUpperCase() + story.severity.slice(1),
        },
        agent: {
          ...jsonCopy(agentRest),
          computer_name: name,
          ...(id !== undefined && { id }),
          os: { type: osType },
        },
      },
    },
  };
}
