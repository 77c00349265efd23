import { Suspense, type ComponentType } from 'react';
import { screen } from '@testing-library/react';
import { createUi, pass, setUpUi } from '../../test/helpers/ui/render_ui';
import { createForm } from '../../test/workbench/browser/host/forms/form';
import { FormProvider } from '../../test/workbench/browser/host/forms/hook_form_lib';
import { connectorType } from './connector_type';

setUpUi();

it('is listed with its name and a description', () => {
  const { services } = createUi();
  const model = connectorType(() => Promise.resolve(services));
  expect(model).toMatchObject({
    id: 'sentinelone-response',
    actionTypeTitle: 'SentinelOne Response',
    selectMessage: 'Isolate and release SentinelOne hosts from alerts.',
  });
});

it('has an icon of outlines, which EUI does not fill', async () => {
  const ui = createUi();
  const Icon = connectorType(() => Promise.resolve(ui.services)).iconClass as ComponentType;
  ui.show(
    <Suspense fallback="Loading">
      <Icon />
    </Suspense>
  );
  for (let n = 0; n < 10; n++) await pass(10);
  const shapes = [...document.querySelectorAll('svg path, svg rect')];
  expect(shapes).toHaveLength(3);
  // The svg element itself gets a fill from EUI's styles.
  for (const shape of shapes) expect(shape.parentElement).toHaveAttribute('fill', 'none');
});

it("loads the forms and the validation on demand, and provides the plugin's services to them", async () => {
  const ui = createUi({
    connection: {
      state: 'one',
      connector: { id: '1', name: 'Tenant A' },
      commentRequired: true,
      maxHosts: 1_000,
    },
  });
  const getServices = jest.fn(() => Promise.resolve(ui.services));
  const model = connectorType(getServices);
  expect(getServices).not.toHaveBeenCalled();
  const Fields = model.actionConnectorFields!;
  const Params = model.actionParamsFields;
  ui.show(
    <Suspense fallback="Loading">
      <FormProvider value={createForm()}>
        <Fields readOnly={false} isEdit={false} registerPreSubmitValidator={() => {}} />
      </FormProvider>
      <Params actionParams={{}} index={0} errors={{}} editAction={() => {}} />
    </Suspense>
  );
  for (let n = 0; n < 10; n++) await pass(10);
  expect(screen.getByRole('textbox', { name: 'SentinelOne tenant URL' })).toBeVisible();
  expect(screen.getByText(/connector already exists: Tenant A/)).toBeVisible();
  expect(screen.getByRole('textbox', { name: 'Comment' })).toBeVisible();
  const params = { subAction: 'isolateHost', subActionParams: { comment: ' ' } } as const;
  expect(await model.validateParams(params)).toEqual({
    errors: { comment: ['Enter a comment. It is saved with the action.'] },
  });
});
