import { SavedObjectsErrorHelpers } from './errors';

type Dsl = Readonly<Record<string, unknown>>;

type Token =
  | { readonly kind: 'word'; readonly text: string; readonly at: number }
  | { readonly kind: 'phrase'; readonly text: string; readonly at: number }
  | { readonly kind: 'sign'; readonly text: string; readonly at: number };

const SIGNS = ['<=', '>=', '<', '>', ':', '(', ')', '{', '}'];

const syntaxError = (message: string) =>
  SavedObjectsErrorHelpers.createBadRequestError(`KQLSyntaxError: ${message}`);

function tokensOf(expression: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < expression.length) {
    const rest = expression.slice(at);
    const blank = /^\s+/.exec(rest);
    const phrase = /^"((?:[^"\\]|\\[\s\S])*)"/.exec(rest);
    const sign = SIGNS.find((one) => rest.startsWith(one));
    const word = /^(?:[^\s\\"():<>{}]|\\[\s\S])+/.exec(rest);
    if (blank !== null) at += blank[0].length;
    else if (phrase !== null) {
      tokens.push({ kind: 'phrase', text: phrase[1]!.replace(/\\([\s\S])/g, '$1'), at });
      at += phrase[0].length;
    } else if (sign !== undefined) {
      tokens.push({ kind: 'sign', text: sign, at });
      at += sign.length;
    } else if (word !== null) {
      tokens.push({ kind: 'word', text: word[0], at });
      at += word[0].length;
    } else {
      throw syntaxError(`Expected value but ${JSON.stringify(rest[0])} found.`);
    }
  }
  return tokens;
}

const should = (clause: Dsl): Dsl => ({ bool: { should: [clause], minimum_should_match: 1 } });
const RANGES: Readonly<Record<string, string>> = { '<': 'lt', '<=': 'lte', '>': 'gt', '>=': 'gte' };
const isKeyword = (token: Token | undefined, word: string): boolean =>
  token?.kind === 'word' && token.text.toLowerCase() === word;

/** A word without escapes; wildcards that are not escaped stay what they are. */
const unescape = (text: string): string => text.replace(/\\([\s\S])/g, '$1');
/** A word's texts, still escaped, and the wildcards between them. */
const partsOf = (text: string): readonly string[] => text.match(/(?:\\[\s\S]|[^\\*])+|\*/g) ?? [];
const hasWildcard = (text: string): boolean => partsOf(text).includes('*');
/** The same as a query string, in which nothing but the wildcards means anything. */
const queryStringOf = (text: string): string =>
  partsOf(text)
    .map((part) =>
      part === '*' ? part : unescape(part).replace(/[+-=&|><!(){}[\]^"~*?:\\/]/g, '\\$&')
    )
    .join('');
const literal = (text: string): string | boolean | null =>
  text === 'true' ? true : text === 'false' ? false : text === 'null' ? null : unescape(text);

/**
 * Kibana's query language as filters of saved objects use it: `field: value`, `field: (a or b)`,
 * ranges, wildcards, `and`, `or`, `not`, brackets. Gives Elasticsearch's DSL, as `@kbn/es-query` 8.12.2
 * does. `fieldOf` turns a field's name into the indexed one, and throws for one that is not known.
 */
export function kqlToDsl(
  expression: string,
  fieldOf: (name: string | null) => { readonly field: string; readonly also?: Dsl }
): Dsl {
  const tokens = tokensOf(expression);
  let n = 0;
  const peek = () => tokens[n];
  const fail = (wanted: string): never => {
    const token = peek();
    const found = token === undefined ? 'end of input' : JSON.stringify(token.text);
    const at = token?.at ?? expression.length;
    throw syntaxError(`Expected ${wanted} but ${found} found.\n${expression}\n${'-'.repeat(at)}^`);
  };
  const take = (text: string): boolean => {
    if (peek()?.kind !== 'sign' || peek()?.text !== text) return false;
    n += 1;
    return true;
  };

  function either(parse: () => Dsl): Dsl {
    const clauses = [both(parse)];
    while (isKeyword(peek(), 'or')) {
      n += 1;
      clauses.push(both(parse));
    }
    return clauses.length === 1
      ? clauses[0]!
      : { bool: { should: clauses, minimum_should_match: 1 } };
  }

  function both(parse: () => Dsl): Dsl {
    const clauses = [negated(parse)];
    while (isKeyword(peek(), 'and')) {
      n += 1;
      clauses.push(negated(parse));
    }
    return clauses.length === 1 ? clauses[0]! : { bool: { filter: clauses } };
  }

  function negated(parse: () => Dsl): Dsl {
    if (!isKeyword(peek(), 'not')) return bracketed(parse);
    n += 1;
    return { bool: { must_not: bracketed(parse) } };
  }

  function bracketed(parse: () => Dsl): Dsl {
    if (!take('(')) return parse();
    const inner = either(parse);
    return take(')') ? inner : fail('")", AND, OR, whitespace');
  }

  /** Words up to the next sign or keyword are one value: `name: web server`. */
  function value(): Token {
    const first = peek();
    if (first === undefined || first.kind === 'sign') return fail('"(", "{", value, whitespace');
    n += 1;
    if (first.kind === 'phrase') return first;
    const words = [first.text];
    for (;;) {
      const next = peek();
      if (next?.kind !== 'word') break;
      const isJoin = ['and', 'or'].some((word) => isKeyword(next, word));
      if (isJoin && tokens[n + 1] !== undefined) break;
      words.push(next.text);
      n += 1;
    }
    return { ...first, text: words.join(' ') };
  }

  function valueClause(field: string): Dsl {
    const token = value();
    if (token.kind === 'phrase') return should({ match_phrase: { [field]: token.text } });
    if (token.text === '*') return should({ exists: { field } });
    if (hasWildcard(token.text)) {
      return should({ query_string: { fields: [field], query: queryStringOf(token.text) } });
    }
    return should({ match: { [field]: literal(token.text) } });
  }

  function fieldClause(): Dsl {
    const token = peek();
    if (token === undefined || token.kind === 'sign') return fail('"(", NOT, field name, value');
    const sign = tokens[n + 1];
    if (sign?.kind !== 'sign' || !(sign.text === ':' || sign.text in RANGES)) {
      fieldOf(null);
      return fail('":"');
    }
    n += 2;
    const { field, also } = fieldOf(unescape(token.text));
    let clause: Dsl;
    if (sign.text in RANGES) {
      clause = should({ range: { [field]: { [RANGES[sign.text]!]: unescape(value().text) } } });
    } else if (take('{')) {
      return fail('a value (nested fields are not in the workbench)');
    } else {
      clause = bracketed(() => valueClause(field));
    }
    return also === undefined ? clause : { bool: { filter: [also, clause] } };
  }

  const dsl = either(fieldClause);
  return n === tokens.length ? dsl : fail('AND, OR, end of input, whitespace');
}
