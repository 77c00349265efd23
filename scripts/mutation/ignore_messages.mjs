// A plugin of Stryker: leaves the texts of log lines and of thrown errors as they are. No program reads them.

const LOG_METHODS = new Set(['debug', 'info', 'warn', 'error']);

/** Whether a call writes a log line, or creates an error. */
function writesMessage(node) {
  if (node.type === 'NewExpression') return /Error$/.test(node.callee.name ?? '');
  if (node.type !== 'CallExpression') return false;
  const { object, property } = node.callee;
  const owner = object?.property?.name ?? object?.name ?? '';
  return /^log(ger)?$/.test(owner) && LOG_METHODS.has(property?.name);
}

const isText = ({ type }) => type === 'StringLiteral' || type === 'TemplateLiteral';

export const strykerPlugins = [
  {
    kind: 'Ignore',
    name: 'messages',
    value: {
      shouldIgnore({ node, parent }) {
        return isText(node) && parent !== null && writesMessage(parent)
          ? 'The text of a log line or an error'
          : undefined;
      },
    },
  },
];
