import Boom from '@hapi/boom';
import type { ILicense } from '@kbn/licensing-plugin/server';
import type { ServerContracts } from '../versions/kibana_version';
import { ActionTypeDisabledError } from './disabled_errors';
import type { ConfigUtilities, ConnectorType, InMemoryConnector } from './types';

interface RegistryPorts {
  readonly contracts: ServerContracts;
  readonly configurationUtilities: ConfigUtilities;
  readonly license: () => ILicense;
  readonly inMemoryConnectors: readonly InMemoryConnector[];
  readonly registerUsage: (name: string, type: ConnectorType['minimumLicenseRequired']) => void;
  readonly notifyUsage: (name: string) => void;
}

const usageName = ({ name }: ConnectorType): string => `Connector: ${name}`;

/** `ActionTypeRegistry` of Kibana. */
export class ConnectorTypeRegistry {
  private readonly types = new Map<string, ConnectorType>();

  constructor(private readonly ports: RegistryPorts) {}

  get utilities(): ConfigUtilities {
    return this.ports.configurationUtilities;
  }

  register(type: ConnectorType): void {
    const { id, supportedFeatureIds, minimumLicenseRequired } = type;
    if (this.types.has(id)) throw new Error(`Action type "${id}" is already registered.`);
    if (!supportedFeatureIds || supportedFeatureIds.length === 0) {
      throw new Error(
        `At least one "supportedFeatureId" value must be supplied for connector type "${id}".`
      );
    }
    if (
      !supportedFeatureIds.every((name) => this.ports.contracts.connectorFeatureIds.includes(name))
    ) {
      throw new Error(
        `Invalid feature ids "${supportedFeatureIds.join(',')}" for connector type "${id}".`
      );
    }
    this.types.set(id, type);
    if (minimumLicenseRequired !== 'basic') {
      this.ports.registerUsage(usageName(type), minimumLicenseRequired);
    }
  }

  /** Throws Boom's 400 when there is no such type. */
  get(id: string): ConnectorType {
    const type = this.types.get(id);
    if (type === undefined) throw Boom.badRequest(`Action type "${id}" is not registered.`);
    return type;
  }

  isActionTypeEnabled(id: string, { notifyUsage = false } = {}): boolean {
    if (!this.utilities.isActionTypeEnabled(id)) return false;
    const type = this.get(id);
    if (notifyUsage) this.notify(type);
    return this.hasLicense(type);
  }

  /** Throws `ActionTypeDisabledError` for what the configuration or the licence forbids. */
  ensureActionTypeEnabled(id: string): void {
    this.utilities.ensureActionTypeEnabled(id);
    const type = this.get(id);
    this.notify(type);
    if (this.hasLicense(type)) return;
    throw new ActionTypeDisabledError(
      `Action type ${id} is disabled because your ${this.ports.license().type} license does not support it. Please upgrade your license.`,
      'license_invalid'
    );
  }

  /** A preconfigured connector can be executed when the configuration, and up to 8.14 the licence, forbids its type. */
  isActionExecutable(
    connectorId: string,
    typeId: string,
    options = { notifyUsage: false }
  ): boolean {
    if (this.isActionTypeEnabled(typeId, options)) return true;
    const { contracts, inMemoryConnectors } = this.ports;
    if (contracts.preconfiguredNeedsLicense && !this.hasLicense(this.get(typeId))) return false;
    return inMemoryConnectors.some(
      ({ id, isPreconfigured }) => id === connectorId && isPreconfigured
    );
  }

  list(featureId?: string) {
    return [...this.types.values()]
      .filter((type) => featureId === undefined || type.supportedFeatureIds.includes(featureId))
      .map((type) => ({
        id: type.id,
        name: type.name,
        minimumLicenseRequired: type.minimumLicenseRequired,
        enabled: this.isActionTypeEnabled(type.id),
        enabledInConfig: this.utilities.isActionTypeEnabled(type.id),
        enabledInLicense: this.hasLicense(type),
        supportedFeatureIds: [...type.supportedFeatureIds],
        isSystemActionType: false,
      }));
  }

  private hasLicense({ id, minimumLicenseRequired }: ConnectorType): boolean {
    return this.ports.license().check(id, minimumLicenseRequired).state === 'valid';
  }

  private notify(type: ConnectorType): void {
    if (type.minimumLicenseRequired !== 'basic') this.ports.notifyUsage(usageName(type));
  }
}
