import { knowsCallers } from './caller';

const license = (isAvailable: boolean, isEnabled: boolean) => ({
  isLicenseAvailable: () => isAvailable,
  isEnabled: () => isEnabled,
});

it.each([
  ['there is no security plugin', undefined, false],
  ['Elasticsearch runs without security', license(true, false), false],
  ['Elasticsearch runs with security', license(true, true), true],
  // Kibana calls security not enabled then: nobody may pass for that.
  ['the licence is not known', license(false, false), true],
])('when %s', (_, given, expected) => {
  expect(knowsCallers(given)).toBe(expected);
});
