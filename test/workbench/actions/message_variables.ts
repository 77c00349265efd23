import { cloneDeepWith, isPlainObject, merge, setWith } from 'lodash';
import Mustache from 'mustache';
import { MESSAGE_FUNCTIONS } from './message_functions';

/**
 * Message variables as the actions plugin of Kibana 8.12.2 fills them into the parameters of a rule's action
 * (`lib/mustache_renderer.js`): without escaping; `a.b` also by a key of that name; objects as JSON; lists
 * by their elements, or as JSON with `asJSON`; and the functions of `message_functions.ts`.
 */

type Variables = Record<string, unknown>;

const isObject = (value: unknown): value is Variables =>
  typeof value === 'object' && value !== null;

/** Makes `{ 'a.b': 1 }` readable as `{ a: { b: 1 } }` too, at every depth. */
function nestDottedKeys(node: Variables): void {
  for (const key of Object.keys(node)) {
    const value = node[key];
    if (key.includes('.')) merge(node, setWith({}, key.split('.'), value, Object));
    if (isObject(node[key])) nestDottedKeys(node[key] as Variables);
  }
}

/** Makes objects print as JSON, and gives lists an `asJSON`. */
function makePrintable(node: unknown): void {
  if (Array.isArray(node)) {
    Object.assign(node, { asJSON: () => JSON.stringify(node) });
    node.forEach(makePrintable);
  } else if (isPlainObject(node)) {
    const object = node as Variables;
    if (!Object.hasOwn(object, 'toString')) object.toString = () => JSON.stringify(object);
    Object.values(object).forEach(makePrintable);
  }
}

function printable(variables: Variables): Variables {
  const copy = JSON.parse(JSON.stringify(variables)) as Variables;
  nestDottedKeys(copy);
  makePrintable(copy);
  return copy;
}

const unescaped = (value: unknown): string => (value == null ? '' : String(value));

function renderText(template: string, variables: Variables): string {
  try {
    return Mustache.render(template, { ...MESSAGE_FUNCTIONS, ...variables }, undefined, {
      escape: unescaped,
    });
  } catch (error) {
    return `error rendering mustache template "${template}": ${(error as Error).message}`;
  }
}

/** A clone of `params` with every text rendered. Throws for variables that JSON can't hold. */
export function renderMustacheObject<Params>(params: Params, variables: Variables): Params {
  const prepared = printable(variables);
  return cloneDeepWith(params, (value: unknown) =>
    typeof value === 'string' ? renderText(value, prepared) : undefined
  ) as Params;
}
