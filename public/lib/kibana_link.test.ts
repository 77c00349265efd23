import type { MouseEvent } from 'react';
import { isModifiedClick } from './kibana_link';

const click = (keys: Partial<MouseEvent> = {}) =>
  ({ metaKey: false, ctrlKey: false, shiftKey: false, altKey: false, ...keys }) as MouseEvent;

it('handles a plain click on a link itself', () => expect(isModifiedClick(click())).toBe(false));

it.each(['metaKey', 'ctrlKey', 'shiftKey', 'altKey'] as const)(
  'leaves a click with %s to the browser',
  (key) => expect(isModifiedClick(click({ [key]: true }))).toBe(true)
);
