import ts from 'typescript';

/** What a script loads and which globals it uses. */
export interface CodeFacts {
  /** Modules by `require("…")`. */
  readonly requires: readonly string[];
  /** Modules by `import … from "…"` and `export … from "…"`. */
  readonly imports: readonly string[];
  /** Files by `import("…")`. */
  readonly lazyImports: readonly string[];
  /** Members of `__kbnSharedDeps__`. */
  readonly sharedDeps: readonly string[];
  /** Bundles by `__kbnBundles__.get("…")`. */
  readonly bundlesTaken: readonly string[];
  /** Bundles by `__kbnBundles__.define("…")`. */
  readonly bundlesDefined: readonly string[];
  /** Text evaluated as code, which Kibana's content security policy blocks. */
  readonly evaluations: readonly string[];
  /** Loads whose name is computed at run time. */
  readonly unreadable: readonly string[];
  /** Messages of the parser; empty when the script parses. */
  readonly syntaxErrors: readonly string[];
}

const isNamed = (node: ts.Node, name: string): boolean =>
  ts.isIdentifier(node) && node.text === name;

/** `eval` and `(0, eval)`; `Function` likewise. */
const bare = (node: ts.Expression): ts.Expression => {
  if (ts.isParenthesizedExpression(node)) return bare(node.expression);
  const isComma =
    ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.CommaToken;
  return isComma ? bare(node.right) : node;
};

const GLOBALS = ['globalThis', 'window', 'self', 'global'];

function isGlobal(node: ts.Expression, name: string): boolean {
  const callee = bare(node);
  if (isNamed(callee, name)) return true;
  return (
    ts.isPropertyAccessExpression(callee) &&
    callee.name.text === name &&
    GLOBALS.some((global) => isNamed(callee.expression, global))
  );
}

/** Reads a script by its syntax tree, so that strings and comments that look like code do not count. */
export function codeFactsOf(path: string, code: string): CodeFacts {
  const source = ts.createSourceFile(path, code, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS);
  const facts = {
    requires: [] as string[],
    imports: [] as string[],
    lazyImports: [] as string[],
    sharedDeps: [] as string[],
    bundlesTaken: [] as string[],
    bundlesDefined: [] as string[],
    evaluations: [] as string[],
    unreadable: [] as string[],
    syntaxErrors: syntaxErrorsOf(source),
  };
  const excerpt = (node: ts.Node): string => node.getText(source).replace(/\s+/g, ' ').slice(0, 60);
  const take = (found: string[], name: ts.Node | undefined, whole: ts.Node): void => {
    if (name !== undefined && ts.isStringLiteralLike(name)) found.push(name.text);
    else facts.unreadable.push(excerpt(whole));
  };

  const visitCall = (node: ts.CallExpression): void => {
    const [first] = node.arguments;
    const callee = node.expression;
    if (callee.kind === ts.SyntaxKind.ImportKeyword) {
      take(facts.lazyImports, first, node);
    } else if (isNamed(callee, 'require')) {
      take(facts.requires, first, node);
    } else if (isGlobal(callee, 'eval') || isGlobal(callee, 'Function')) {
      facts.evaluations.push(excerpt(node));
    } else if (
      ['setTimeout', 'setInterval'].some((timer) => isGlobal(callee, timer)) &&
      first !== undefined &&
      ts.isStringLiteralLike(first)
    ) {
      facts.evaluations.push(excerpt(node));
    } else if (
      ts.isPropertyAccessExpression(callee) &&
      isNamed(callee.expression, '__kbnBundles__')
    ) {
      const isDefinition = callee.name.text === 'define';
      take(isDefinition ? facts.bundlesDefined : facts.bundlesTaken, first, node);
    }
  };

  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) visitCall(node);
    if (ts.isNewExpression(node) && isGlobal(node.expression, 'Function')) {
      facts.evaluations.push(excerpt(node));
    }
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
      take(facts.imports, node.moduleSpecifier, node);
    }
    if (isNamed(node, '__kbnSharedDeps__')) {
      const { parent } = node;
      if (ts.isPropertyAccessExpression(parent)) facts.sharedDeps.push(parent.name.text);
      else if (ts.isElementAccessExpression(parent))
        take(facts.sharedDeps, parent.argumentExpression, parent);
      else facts.unreadable.push(excerpt(parent));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return facts;
}

/** The parser keeps syntax errors in a member that its type declarations do not show. */
function syntaxErrorsOf(source: ts.SourceFile): string[] {
  const { parseDiagnostics = [] } = source as {
    readonly parseDiagnostics?: readonly ts.Diagnostic[];
  };
  return parseDiagnostics.map(({ messageText }) =>
    ts.flattenDiagnosticMessageText(messageText, ' ')
  );
}
