import type { ExternalReferenceAttachmentType } from '@kbn/cases-plugin/public';
import { isValidElement } from 'react';
import { extendKibana } from './extend_kibana';

const services = () => Promise.reject(new Error('Nothing is asked for before it is shown'));

const PROPS = {
  attachmentId: 'at-1',
  caseData: { id: 'c1', title: 'Ransomware' },
  externalReferenceId: 'a-1',
  externalReferenceMetadata: null,
  createdBy: {},
};

it('registers what an action is in a case, and loads nothing for it', () => {
  const types: ExternalReferenceAttachmentType[] = [];
  extendKibana(
    { cases: { attachmentFramework: { registerExternalReference: (type) => types.push(type) } } },
    services
  );
  expect(types).toEqual([
    expect.objectContaining({ id: 'sentineloneResponse', displayName: 'SentinelOne Response' }),
  ]);
  const [type] = types;
  const first = type!.getAttachmentViewObject(PROPS);
  const second = type!.getAttachmentViewObject({ ...PROPS, attachmentId: 'at-2' });
  expect(isValidElement(first.event)).toBe(true);
  // Kibana keeps the element of an attachment: its type must not change between renderings.
  expect(second.children).toBe(first.children);
  expect(isValidElement(second.event) && second.event.type).toBe(
    isValidElement(first.event) && first.event.type
  );
});

it('goes on where there are no cases, or another plugin took the name', () => {
  expect(() => extendKibana({}, services)).not.toThrow();
  const registerExternalReference = () => {
    throw new Error('Item "sentineloneResponse" is already registered');
  };
  const cases = { attachmentFramework: { registerExternalReference } };
  expect(() => extendKibana({ cases }, services)).not.toThrow();
});
