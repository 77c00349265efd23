import type {
  FieldConfig,
  ValidationError,
} from '@kbn/es-ui-shared-plugin/static/forms/hook_form_lib';

/** The state of a field; a new object with every change. */
interface FieldState {
  readonly value: unknown;
  readonly errors: readonly ValidationError[];
  readonly isChangingValue: boolean;
}

interface MountedField extends FieldState {
  readonly config: FieldConfig<unknown>;
}

/** The values of a form by path (`config.url`), as Kibana's hook_form_lib holds them. */
export interface Form {
  /** Adds a field; what it holds is the form's default, else its own. Returns what takes it away. */
  mount(path: string, config: FieldConfig<unknown>): () => void;
  field(path: string): FieldState | undefined;
  setValue(path: string, value: unknown): void;
  /** Checks every field; true when all are valid. */
  validate(): boolean;
  /** False once a field is known to be invalid. */
  isValid(): boolean;
  /** Every mounted field's value, nested by path, but for empty texts. */
  data(): Readonly<Record<string, unknown>>;
  subscribe(listener: () => void): () => void;
}

/** While somebody types, nothing is called invalid: as long as Kibana waits, in ms. */
const CHANGING_FOR = 500;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const valueAt = (data: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), data);

function put(data: Record<string, unknown>, path: string, value: unknown): void {
  const keys = path.split('.');
  const last = keys.pop()!;
  const parent = keys.reduce<Record<string, unknown>>((at, key) => {
    const next = isObject(at[key]) ? at[key] : {};
    at[key] = next;
    return next as Record<string, unknown>;
  }, data);
  parent[last] = value;
}

const errorsOf = (path: string, value: unknown, { validations = [] }: FieldConfig<unknown>) =>
  validations.flatMap(({ validator }) => validator({ value, path }) ?? []);

export function createForm(defaults: unknown = {}): Form {
  const fields = new Map<string, MountedField>();
  const timers = new Map<string, number>();
  const listeners = new Set<() => void>();
  const change = (path: string, changes: Partial<FieldState>): void => {
    const field = fields.get(path);
    if (field === undefined) return;
    fields.set(path, { ...field, ...changes });
    listeners.forEach((listener) => listener());
  };
  const stopTimer = (path: string): void => window.clearTimeout(timers.get(path));

  return {
    mount(path, config) {
      const value = valueAt(defaults, path) ?? config.defaultValue ?? '';
      fields.set(path, { config, value, errors: [], isChangingValue: false });
      listeners.forEach((listener) => listener());
      return () => {
        stopTimer(path);
        fields.delete(path);
      };
    },
    field: (path) => fields.get(path),
    setValue(path, value) {
      const field = fields.get(path);
      if (field === undefined) return;
      stopTimer(path);
      change(path, { value, errors: errorsOf(path, value, field.config), isChangingValue: true });
      timers.set(
        path,
        window.setTimeout(() => change(path, { isChangingValue: false }), CHANGING_FOR)
      );
    },
    validate() {
      for (const [path, { value, config }] of fields) {
        stopTimer(path);
        change(path, { errors: errorsOf(path, value, config), isChangingValue: false });
      }
      return [...fields.values()].every(({ errors }) => errors.length === 0);
    },
    isValid: () => [...fields.values()].every(({ errors }) => errors.length === 0),
    data() {
      const data = {};
      for (const [path, { value: held, config }] of fields) {
        const value = config.serializer === undefined ? held : config.serializer(held);
        if (value !== '') put(data, path, value);
      }
      return data;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
