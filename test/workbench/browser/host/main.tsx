import { manifest } from 'workbench:manifest';
import { createBundles } from './bundles';
import { defineBundles } from './define_bundles';
import { injectedMetadata } from './injected_metadata';
import { start } from './start';

/**
 * Runs before the plugin's bundle, which needs these globals, and starts once that one has run: the
 * page's scripts are deferred, so that is when the document is complete.
 */
const metadata = injectedMetadata();
const bundles = createBundles();
defineBundles(bundles, manifest);
Object.assign(window, {
  __kbnBundles__: bundles,
  __kbnPublicPath__: { ...metadata.pluginPublicPath },
});
document.addEventListener('DOMContentLoaded', () => start(metadata, bundles));
