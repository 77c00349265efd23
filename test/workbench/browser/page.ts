import type { PageMetadata } from '../http/pages';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (one) => ENTITIES[one]!);

/**
 * The page of every app. It holds no script of its own, as Kibana's policy wants it: what the scripts
 * need to know is in the data of `kbn-injected-metadata`, as in Kibana.
 */
export function renderPage(metadata: PageMetadata): string {
  const { basePath, darkMode, pluginPublicPath } = metadata;
  const theme = darkMode ? 'dark' : 'light';
  const assets = `${basePath}/workbench`;
  const bundles = Object.entries(pluginPublicPath).map(([id, path]) => `${path}${id}.plugin.js`);
  const scripts = [`${assets}/shared_deps.js`, `${assets}/workbench.js`, ...bundles];
  return `<!DOCTYPE html>
<html lang="en" data-theme="${theme}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="${theme}">
    <title>Elastic</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="${escapeHtml(`${assets}/${theme}.css`)}">
    <meta name="emotion">
${scripts.map((src) => `    <script defer src="${escapeHtml(src)}"></script>`).join('\n')}
  </head>
  <body>
    <kbn-injected-metadata data="${escapeHtml(JSON.stringify(metadata))}"></kbn-injected-metadata>
    <div id="kibana-body"></div>
    <noscript>The workbench needs JavaScript.</noscript>
  </body>
</html>
`;
}
