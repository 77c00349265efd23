import type { LicenseType } from '@kbn/licensing-plugin/server';
import { grantedActions } from '../features/feature_actions';
import type { FeatureRegistry } from '../features/feature_registry';
import type { User } from './role';

/** Kibana's application in Elasticsearch's privileges. */
export const KIBANA_APPLICATION = 'kibana-.kibana';
const EVERY_SPACE = '*';

/** Which of Kibana's privileges a user has, in which space. */
export class Privileges {
  constructor(
    private readonly features: FeatureRegistry,
    private readonly hasAtLeast: (license: LicenseType) => boolean
  ) {}

  /** Whether the user has `action` (`api:…`, `ui:…`, `saved_object:…`) in a space, or in all with `*`. */
  has({ role }: User, action: string, spaceId: string): boolean {
    if (role.superuser === true) return true;
    if (!role.spaces.includes(EVERY_SPACE) && !role.spaces.includes(spaceId)) return false;
    return Object.entries(role.features).some(([featureId, ids]) => {
      const feature = this.features.get(featureId);
      return (
        feature !== undefined && grantedActions(feature, ids, this.hasAtLeast).includes(action)
      );
    });
  }

  /** What Elasticsearch's resource names: `space:ops` or `*`. */
  hasOnResource(user: User, application: string, action: string, resource: string): boolean {
    if (user.role.superuser === true) return true;
    if (application !== KIBANA_APPLICATION) return false;
    return this.has(user, action, resource.replace(/^space:/, ''));
  }

  /** Whether an index (or a pattern of indices) may be read. */
  mayRead({ role }: User, index: string): boolean {
    return role.readableIndices.some((pattern) => {
      const expression = pattern.split('*').map(escape).join('.*');
      return new RegExp(`^${expression}$`).test(index);
    });
  }
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
