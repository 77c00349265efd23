import dateMath from '@elastic/datemath';

/** `@kbn/datemath` of Kibana 8.12.2, by the package on npm that it was made from. */
export const parse: typeof dateMath.parse = (text, options) => dateMath.parse(text, options);
