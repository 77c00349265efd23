import type { Page } from 'playwright-core';
import { inKibana } from '../helpers/kibana';
import { kibanaSuite } from '../helpers/kibana_suite';
import { makeRule, type Rule } from '../helpers/rule';
import { subject } from '../helpers/security_page';
import { CONNECTOR_TYPE } from '../helpers/target';

const SETTINGS = { protectedHosts: [], commentRequired: true, maxHosts: 1_000 };

/**
 * The form does not offer types of connectors that the license does not include, although Kibana executes a connector of
 * kibana.yml. The browser sees the type as with a license that includes it.
 */
const showAsLicensed = (page: Page) =>
  page.route(/\/api\/actions\/connector_types\b/, async (route) => {
    const answer = await route.fetch();
    const types: ReadonlyArray<{ readonly id: string }> = await answer.json();
    const licensed = { enabled: true, enabled_in_license: true };
    const json = types.map((type) =>
      type.id === CONNECTOR_TYPE ? { ...type, ...licensed } : type
    );
    await route.fulfill({ response: answer, json });
  });

inKibana("the form of a rule's action", () => {
  const { target, visit } = kibanaSuite();
  let rule: Rule | undefined;
  const putSettings = async (change: object) => {
    const path = '/api/sentinelone_response/settings';
    const body = { ...SETTINGS, ...change };
    expect((await target().request('admin', 'PUT', path, { body })).status).toBe(200);
  };
  afterEach(async () => {
    await rule?.remove();
    rule = undefined;
    await putSettings({});
  });

  it('begins with the release time of the protection settings, and saves it with the rule', async () => {
    await putSettings({ automaticRelease: { defaultMinutes: 240, longestMinutes: 1_440 } });
    rule = await makeRule(target(), 'analyst', []);
    const open = await visit(`/app/security/rules`, { width: 1440 });
    const { page } = open;
    await showAsLicensed(page);
    await page.goto(`${target().url}/app/security/rules/id/${rule.id}/edit`);
    await subject(page, 'edit-rule-actions-tab').click();
    await subject(page, `${CONNECTOR_TYPE}-siem-ActionTypeSelectOption`).click();
    const releaseTime = page.getByLabel('Release automatically');
    await releaseTime.waitFor();
    const chosen = () =>
      releaseTime.evaluate((select: HTMLSelectElement) => select.selectedOptions[0]?.text);
    expect(await chosen()).toBe('After 4 hours');
    await page.getByLabel('Comment').fill('Isolated by a rule');
    await open.shoot('rule_action');
    await subject(page, 'ruleEditSubmitButton').click();
    await page.waitForURL((url) => !url.pathname.endsWith('/edit'));

    // A later change of the settings does not change what was saved.
    await putSettings({ automaticRelease: { defaultMinutes: 60, longestMinutes: 1_440 } });
    const path = `/api/detection_engine/rules?id=${rule.id}`;
    const { json } = await target().request('analyst', 'GET', path);
    expect(json.actions).toMatchObject([
      {
        action_type_id: CONNECTOR_TYPE,
        params: {
          subAction: 'isolateHost',
          subActionParams: { comment: 'Isolated by a rule', releaseAfterMinutes: 240 },
        },
      },
    ]);
    expect(await target().simulator.writes()).toEqual([]);
  });
});
