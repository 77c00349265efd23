import type { Locator, Page } from 'playwright-core';
import { ourFlyout, subject } from './security_page';

/**
 * Cases in the plugin's forms, and the plugin's attachment on a case's page; the same in the workbench and in Kibana.
 */

/** The page of a case. */
export const caseUrl = (caseId: string): string => `/app/security/cases/${caseId}`;

/** The field in which (its open list is a dialog of its own) cases are chosen, with those that are. */
export const chosenCases = (page: Page): Locator =>
  subject(ourFlyout(page), 'sentineloneResponseCases');

/** Where titles are searched. */
export const caseSearch = (page: Page): Locator =>
  ourFlyout(page).getByRole('combobox', { name: 'Attach to cases' });

/** The result of attaching. */
export const casesResult = (page: Page): Locator =>
  subject(ourFlyout(page), 'sentineloneResponseCasesResult');

/** The plugin's attachment on the page of a case. */
export const caseAttachment = (page: Page): Locator =>
  subject(page, 'sentineloneResponseCaseAttachment');
