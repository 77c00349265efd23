// The project's own rules for the linter (`.oxlintrc.json` says where each applies).
import { createRequire } from 'node:module';
import { posix, relative, sep } from 'node:path';

const { forbiddenImport } = createRequire(import.meta.url)('../../layers.cjs');

/** A rule that visits nodes; `report(node, message)` reports one. */
const rule = (visitors) => ({
  create: (context) => visitors((node, message) => context.report({ node, message }), context),
});

/** The module that a node imports, as it is written; undefined if it is computed. */
const importedBy = (node) => {
  const source = node.source ?? node.argument ?? node.arguments?.[0];
  return typeof source?.value === 'string' ? source.value : source?.literal?.value;
};

/** The borders between folders, types included. */
const layers = rule((report, { cwd, filename }) => {
  const file = relative(cwd, filename).split(sep).join('/');
  const check = (node) => {
    const imported = importedBy(node);
    if (!imported?.startsWith('.')) return;
    const why = forbiddenImport(file, posix.join(posix.dirname(file), imported));
    if (why !== undefined) report(node, why);
  };
  return {
    ImportDeclaration: check,
    ImportExpression: check,
    ExportAllDeclaration: check,
    ExportNamedDeclaration: check,
    TSImportType: check,
    CallExpression: (node) => {
      if (node.callee.name === 'require') check(node);
    },
  };
});

/** An action or its sub-action. `scripts/action_names.test.ts` checks that every action is among them. */
const ACTION_NAME = /^(isolate|release|scan)(Host)?$|^abortScan$/;
const COMPARES = new Set(['===', '!==', '==', '!=']);

/** A name is compared, is a case of a switch, or is in a list in which something is looked up. */
function isCompared(node) {
  const { parent } = node;
  if (parent.type === 'BinaryExpression') return COMPARES.has(parent.operator);
  if (parent.type === 'SwitchCase') return true;
  if (parent.type !== 'ArrayExpression') return false;
  const list = parent.parent.type === 'TSAsExpression' ? parent.parent : parent;
  const { parent: member } = list;
  return (
    member.type === 'MemberExpression' &&
    member.object === list &&
    member.parent.type === 'CallExpression' &&
    ['includes', 'indexOf'].includes(member.property.name)
  );
}

const actionNames = rule((report) => {
  const check = (node, text) => {
    if (typeof text !== 'string' || !ACTION_NAME.test(text) || !isCompared(node)) return;
    report(
      node,
      'Read what you need from the row of the action in ACTION_DEFINITIONS (common/actions).'
    );
  };
  return {
    Literal: (node) => check(node, node.value),
    TemplateLiteral: (node) => {
      if (node.quasis.length === 1) check(node, node.quasis[0].value.cooked);
    },
  };
});

/** Lists of whatever comes from outside are of any length. */
const joinedLists = rule((report) => ({
  CallExpression: (node) => {
    const [separator] = node.arguments;
    if (node.callee.property?.name === 'join' && /^[,;] $/.test(separator?.value ?? '')) {
      report(node, 'Use listText: distinct values, at most five, and the rest counted.');
    }
  },
}));

/** Every link leaves clicks with Shift, Ctrl and so on to the browser. */
const modifiedClicks = rule((report) => ({
  MemberExpression: (node) => {
    if (/^(metaKey|ctrlKey|shiftKey|altKey)$/.test(node.property.name ?? '')) {
      report(node, 'Use isModifiedClick (public/lib/kibana_link.ts).');
    }
  },
}));

/** What only scripts in sloppy mode allow: an error of the syntax in modules. */
const sloppy = rule((report) => {
  const check = (node) => {
    const names = node.params.map(({ name }) => name).filter((name) => name !== undefined);
    if (new Set(names).size < names.length) report(node, 'Two parameters have the same name.');
  };
  return {
    Literal: (node) => {
      if (/^0\d/.test(node.raw) && typeof node.value === 'number') report(node, 'Octal number.');
    },
    FunctionDeclaration: check,
    FunctionExpression: check,
  };
});

// eslint-disable-next-line import/no-default-export -- the linter wants one
export default {
  meta: { name: 'sentinelone-response' },
  rules: {
    layers,
    'action-names': actionNames,
    'joined-lists': joinedLists,
    'modified-clicks': modifiedClicks,
    sloppy,
  },
};
