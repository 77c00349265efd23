/** The Kibana that the workbench stands in for (`package.json` of the official distribution). */
export const KIBANA_VERSION = '8.12.2';
export const KIBANA_BRANCH = '8.12';
export const KIBANA_BUILD_NUMBER = 70281;
export const KIBANA_BUILD_SHA = 'f5bd489c5ff9c676c4f861c42da6ea99ae350832';
