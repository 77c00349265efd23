import type { KibanaFeatureConfig } from '@kbn/features-plugin/server';

type Privileged = NonNullable<KibanaFeatureConfig['privileges']>['all'];

/** Every privilege of a feature that grants something, the sub-features' included. */
function grantsIn({ privileges, subFeatures = [] }: KibanaFeatureConfig): readonly Privileged[] {
  const sub = subFeatures.flatMap(({ privilegeGroups }) =>
    privilegeGroups.flatMap((group) => group.privileges)
  );
  return [...(privileges === null ? [] : [privileges.all, privileges.read]), ...sub];
}

function assertFeature(feature: KibanaFeatureConfig): void {
  const { id, app, subFeatures = [] } = feature;
  if (!/^[a-zA-Z0-9_-]+$/.test(id))
    throw new Error(`Feature id "${id}" has characters that are not allowed`);
  const granted = new Set<string>();
  for (const privilege of grantsIn(feature)) {
    const unknown = (privilege.app ?? []).filter((name) => !app.includes(name));
    if (unknown.length > 0) {
      throw new Error(`Feature privilege ${id} has unknown app entries: ${unknown.join(', ')}`);
    }
    for (const name of privilege.app ?? []) granted.add(name);
  }
  const notGranted = app.filter((name) => !granted.has(name));
  if (feature.privileges !== null && notGranted.length > 0) {
    throw new Error(
      `Feature ${id} specifies app entries which are not granted to any privileges: ${notGranted.join(',')}`
    );
  }
  const ids = subFeatures.flatMap(({ privilegeGroups }) =>
    privilegeGroups.flatMap((group) => group.privileges.map((privilege) => privilege.id))
  );
  const twice = ids.find((name, n) => ids.indexOf(name) !== n);
  if (twice !== undefined)
    throw new Error(`Feature ${id} already has a privilege with ID '${twice}'`);
}

/** Kibana's features; locked when the plugins have been set up (`features-plugin`, 8.12.2). */
export class FeatureRegistry {
  private readonly features = new Map<string, KibanaFeatureConfig>();
  private locked = false;

  register(feature: KibanaFeatureConfig): void {
    if (this.locked) {
      throw new Error(
        `Features are locked, can't register new features. Attempt to register ${feature.id} failed.`
      );
    }
    if (this.features.has(feature.id)) {
      throw new Error(`Feature with id ${feature.id} is already registered.`);
    }
    assertFeature(feature);
    this.features.set(feature.id, feature);
  }

  lock(): void {
    this.locked = true;
  }

  get all(): readonly KibanaFeatureConfig[] {
    return [...this.features.values()];
  }

  get(id: string): KibanaFeatureConfig | undefined {
    return this.features.get(id);
  }
}
