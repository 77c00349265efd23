import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { SavedObjectsErrorHelpers } from './errors';

export interface EncryptedType {
  readonly type: string;
  readonly attributesToEncrypt: ReadonlySet<string>;
  readonly attributesToExcludeFromAAD?: ReadonlySet<string>;
}

type Attributes = Readonly<Record<string, unknown>>;

/** The object whose attributes are encrypted. `namespace` only for types of a single space. */
export interface Descriptor {
  readonly type: string;
  readonly id: string;
  readonly namespace?: string;
}

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

export class EncryptionError extends Error {
  constructor(
    message: string,
    readonly attributeName: string
  ) {
    super(message);
  }
}

/**
 * Encrypts the attributes that types have named (connectors' secrets), bound to the object's identity
 * and to its other attributes, so that changing those without the secret makes it unreadable.
 */
export class Encryption {
  private readonly types = new Map<string, EncryptedType>();
  private readonly key: Buffer;

  /** `passphrase` is any text; decryption needs the same one. */
  constructor(passphrase: string) {
    this.key = createHash('sha256').update(passphrase).digest();
  }

  register(type: EncryptedType): void {
    if (type.attributesToEncrypt.size === 0) {
      throw new Error(`The "attributesToEncrypt" array for "${type.type}" is empty.`);
    }
    if (this.types.has(type.type)) {
      throw new Error(`The "${type.type}" saved object type is already registered.`);
    }
    this.types.set(type.type, type);
  }

  isEncrypted(type: string): boolean {
    return this.types.has(type);
  }

  /** The same attributes with the secret ones encrypted. */
  encrypt<A extends Attributes>(descriptor: Descriptor, attributes: A): A {
    return this.eachSecret(descriptor.type, attributes, (value) => {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(ALGORITHM, this.key, iv);
      cipher.setAAD(this.additionalData(descriptor, attributes));
      const text = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64');
    });
  }

  /** The same attributes with the secret ones in clear. Throws `EncryptionError`. */
  decrypt<A extends Attributes>(descriptor: Descriptor, attributes: A): A {
    return this.eachSecret(descriptor.type, attributes, (value, name) => {
      try {
        const data = Buffer.from(String(value), 'base64');
        const decipher = createDecipheriv(ALGORITHM, this.key, data.subarray(0, IV_BYTES));
        decipher.setAuthTag(data.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
        decipher.setAAD(this.additionalData(descriptor, attributes));
        const text = decipher.update(data.subarray(IV_BYTES + TAG_BYTES));
        return JSON.parse(Buffer.concat([text, decipher.final()]).toString('utf8')) as unknown;
      } catch {
        throw new EncryptionError(`Unable to decrypt attribute "${name}"`, name);
      }
    });
  }

  /** The same attributes without the secret ones: what every ordinary read gives. */
  strip<A extends Attributes>(type: string, attributes: A): A {
    const secret = this.types.get(type)?.attributesToEncrypt;
    if (secret === undefined) return attributes;
    const open = Object.entries(attributes).filter(([name]) => !secret.has(name));
    return Object.fromEntries(open) as A;
  }

  private eachSecret<A extends Attributes>(
    type: string,
    attributes: A,
    change: (value: unknown, name: string) => unknown
  ): A {
    const secret = this.types.get(type)?.attributesToEncrypt;
    if (secret === undefined) return { ...attributes };
    const entries = Object.entries(attributes).map(([name, value]) => [
      name,
      secret.has(name) && value !== null && value !== undefined ? change(value, name) : value,
    ]);
    return Object.fromEntries(entries) as A;
  }

  private additionalData({ type, id, namespace }: Descriptor, attributes: Attributes): Buffer {
    const { attributesToEncrypt, attributesToExcludeFromAAD } = this.types.get(type)!;
    const bound = Object.entries(attributes)
      .filter(([name]) => !attributesToEncrypt.has(name) && !attributesToExcludeFromAAD?.has(name))
      .filter(([, value]) => value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return Buffer.from(JSON.stringify([namespace ?? null, type, id, sortedKeys(bound)]));
  }
}

/** The same value with objects' keys in order: JSON read back from a store must give the same text. */
function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, sortedKeys(inner)]));
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** Kibana takes ids of encrypted objects only when they are hard to guess, or when it overwrites. */
export function assertUnguessableId(id: string, overwritesVersion: boolean): void {
  if (overwritesVersion || UUID.test(id)) return;
  throw SavedObjectsErrorHelpers.createBadRequestError(
    'Predefined IDs are not allowed for saved objects with encrypted attributes unless the ID is a UUID.'
  );
}
