import type { manifest as Manifest } from 'workbench:manifest';
import { moduleOf, type Bundles } from './bundles';
import { getFieldValidityAndErrorMessage, UseField } from './forms/hook_form_lib';
import { KibanaContextProvider } from './plugins/kibana_react';
import { TextAreaWithMessageVariables } from './forms/text_area_with_message_variables';

const ActionConnectorMode = { Test: 'test', ActionForm: 'actionForm' };

/** What other plugins' bundles export, by plugin, folder and name. */
const EXPORTS: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  triggersActionsUi: { public: { ActionConnectorMode, TextAreaWithMessageVariables } },
  kibanaReact: { public: { KibanaContextProvider } },
  esUiShared: {
    'static/forms/hook_form_lib': { UseField, getFieldValidityAndErrorMessage },
  },
};

/** Kibana loads a bundle only when the manifest asks for its plugin or for the bundle itself. */
export function defineBundles(bundles: Bundles, manifest: typeof Manifest): void {
  const { requiredPlugins, optionalPlugins, requiredBundles } = manifest;
  for (const id of new Set([...requiredPlugins, ...optionalPlugins, ...requiredBundles])) {
    for (const [folder, members] of Object.entries(EXPORTS[id] ?? {})) {
      const key = `plugin/${id}/${folder}`;
      bundles.define(key, () => moduleOf(key, members), key);
    }
  }
}
