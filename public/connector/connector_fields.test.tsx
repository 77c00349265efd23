import { act, screen } from '@testing-library/react';
import { httpError } from '../../test/helpers/ui/http_error';
import { createUi, enter, pass, setUpUi, type UiOptions } from '../../test/helpers/ui/render_ui';
import { createForm } from '../../test/workbench/browser/host/forms/form';
import { FormProvider } from '../../test/workbench/browser/host/forms/hook_form_lib';
import { ConnectorFields } from './connector_fields';

setUpUi();

interface FormOptions extends UiOptions {
  readonly isEdit?: boolean;
  readonly readOnly?: boolean;
  readonly saved?: object;
}

async function open({ isEdit = false, readOnly = false, saved, ...options }: FormOptions = {}) {
  const ui = createUi({ connection: { state: 'none' }, ...options });
  const form = createForm(saved);
  ui.show(
    <FormProvider value={form}>
      <ConnectorFields readOnly={readOnly} isEdit={isEdit} registerPreSubmitValidator={() => {}} />
    </FormProvider>
  );
  await pass(10);
  const save = (): boolean => {
    let isValid = false;
    act(() => {
      isValid = form.validate();
    });
    return isValid;
  };
  return { ...ui, form, save };
}

const url = () => screen.getByRole('textbox', { name: 'SentinelOne tenant URL' });
const token = () => screen.getByLabelText('API token', { selector: 'input' });
const automation = () => screen.getByRole('switch', { name: 'Let rules and API keys act' });

it('contains the entered values, and does not let rules act by default', async () => {
  const form = await open();
  expect(automation()).not.toBeChecked();
  await enter(form, url(), 'https://example.sentinelone.net');
  await enter(form, token(), 'abc');
  expect(form.save()).toBe(true);
  expect(form.form.data()).toEqual({
    config: { url: 'https://example.sentinelone.net', allowAutomation: false },
    secrets: { token: 'abc' },
  });
  await form.user.click(automation());
  expect(form.form.data()).toMatchObject({ config: { allowAutomation: true } });
});

it('explains in one sentence what the switch allows', async () => {
  await open();
  expect(automation()).toHaveAccessibleDescription(
    /^When on, detection rules with this connector as an action, and scripts with an API key, can isolate hosts without a review by a user\.$/
  );
});

it('explains the address, the permissions, and that only one connector is allowed', async () => {
  await open();
  expect(url()).toHaveAccessibleDescription(/address of your SentinelOne console.*allowedHosts/);
  expect(token()).toHaveAccessibleDescription(
    /^Use the token of a service user, not the token of the integration\. Its role needs Endpoints\.view, Endpoints\.disconnectFromNetwork and Endpoints\.reconnectToNetwork\. Optional: Endpoints\.initiateScan \(scan hosts\), Endpoints\.abortScan \(abort scans\), Activity Page\.view \(.+\) and Users\.view \(.+\)\./
  );
  expect(screen.getByText(/Create only one connector of this type in a space/)).toBeVisible();
});

describe('before it is saved', () => {
  it.each([
    '',
    ' ',
    'example.sentinelone.net',
    'http://example.sentinelone.net',
    'http://example.sentinelone.net/web/api',
    'https://admin:secret@example.sentinelone.net',
    'https://admin:secret@example.sentinelone.net/web',
  ])('refuses %j as the tenant URL, and explains what is accepted', async (text) => {
    const form = await open({ saved: { config: { url: text }, secrets: { token: 'abc' } } });
    expect(form.save()).toBe(false);
    expect(url()).toBeInvalid();
    expect(url()).toHaveAccessibleDescription(/https address.*without a path, such as https:/);
    expect(token()).toBeValid();
  });

  it.each([
    ['https://example.sentinelone.net/', 'https://example.sentinelone.net/'],
    ['https://example.org:8443', 'https://example.org:8443'],
    ['http://localhost:9911', 'http://localhost:9911'],
    // Saved without moving the focus from the field.
    ['https://example.sentinelone.net/web/api/v2.1/', 'https://example.sentinelone.net'],
    [' https://example.sentinelone.net\n', 'https://example.sentinelone.net'],
    ['https://example.sentinelone.net/?a=b', 'https://example.sentinelone.net'],
    ['https://example.sentinelone.net/#x', 'https://example.sentinelone.net'],
  ])('accepts %j and saves %j', async (text, saved) => {
    const form = await open({ saved: { config: { url: text }, secrets: { token: ' abc\n' } } });
    expect(form.save()).toBe(true);
    expect(form.form.data()).toMatchObject({ config: { url: saved }, secrets: { token: 'abc' } });
  });

  it.each(['', ' ', 'tok en7', 'ab\ncd', 'tökén'])('refuses %j as the token', async (text) => {
    const config = { url: 'https://example.sentinelone.net' };
    const form = await open({ saved: { config, secrets: { token: text } } });
    expect(form.save()).toBe(false);
    expect(token()).toBeInvalid();
    expect(token()).toHaveAccessibleDescription(/Enter the API token, without spaces/);
    if (text.trim() !== '') expect(document.body.textContent).not.toContain(text);
  });

  it('reports for both fields that they contain a space', async () => {
    const saved = { config: { url: 'https://exa mple.net' }, secrets: { token: 'ab cd' } };
    const form = await open({ saved });
    expect(form.save()).toBe(false);
    for (const field of [url(), token()]) {
      expect(field).toBeInvalid();
      expect(field).toHaveAccessibleDescription(
        /It contains a space or line break\. Copy it again\./
      );
    }
  });
});

describe('an obvious mistake', () => {
  it('is corrected when the field loses the focus, and reported until the value changes again', async () => {
    const form = await open();
    await enter(form, url(), ' https://x.sentinelone.net/web/api/v2.1/ ');
    await enter(form, token(), '\u00a0abc ');
    await form.user.tab();
    expect(url()).toHaveValue('https://x.sentinelone.net');
    expect(url()).toHaveAccessibleDescription(
      /Leading and trailing spaces were removed\. The path was removed, because only the address of the console is needed\./
    );
    expect(token()).toHaveValue('abc');
    expect(token()).toHaveAccessibleDescription(/Leading and trailing spaces were removed\./);
    expect(form.save()).toBe(true);
    await enter(form, url(), 'x');
    expect(url()).not.toHaveAccessibleDescription(/removed/);
    expect(token()).toHaveAccessibleDescription(/removed/);
  });

  it('is not corrected when the value is valid, or the correction is not obvious', async () => {
    const form = await open();
    for (const typed of ['https://x.sentinelone.net', 'x.sentinelone.net/web', 'https://a b']) {
      await form.user.clear(url());
      await enter(form, url(), typed);
      await form.user.tab();
      expect(url()).toHaveValue(typed);
      expect(url()).not.toHaveAccessibleDescription(/removed/);
    }
  });
});

describe('the token', () => {
  it('is hidden', async () => {
    await open();
    expect(token()).toHaveAttribute('type', 'password');
    expect(token()).toHaveAttribute('autocomplete', 'new-password');
  });

  it('has to be entered again to save a change', async () => {
    const saved = { config: { url: 'https://example.sentinelone.net', allowAutomation: true } };
    const form = await open({ isEdit: true, saved });
    expect(automation()).toBeChecked();
    expect(
      screen.getByText('The token is stored encrypted and never shown. Enter it again to save.')
    ).toBeVisible();
    expect(form.save()).toBe(false);
    await enter(form, token(), 'abc');
    expect(form.save()).toBe(true);
  });
});

it('cannot be changed in read-only mode', async () => {
  await open({ isEdit: true, readOnly: true });
  expect(url()).toHaveAttribute('readonly');
  expect(token()).toHaveAttribute('readonly');
  expect(automation()).toBeDisabled();
  expect(screen.queryByText(/Enter it again to save/)).toBeNull();
});

describe('another connector', () => {
  const one = {
    state: 'one',
    connector: { id: '1', name: 'Tenant A' },
    commentRequired: true,
    maxHosts: 1_000,
  } as const;
  const several = {
    state: 'several',
    connectors: [one.connector, { id: '2', name: 'Tenant B' }],
  } as const;

  it('is reported before a second one is created', async () => {
    await open({ connection: one });
    expect(
      screen.getByText('A SentinelOne Response connector already exists: Tenant A')
    ).toBeVisible();
    expect(screen.getByText(/refused\. Edit the existing connector instead/)).toBeVisible();
  });

  it.each([true, false])('is reported when there are several (edit: %s)', async (isEdit) => {
    await open({ connection: several, isEdit });
    expect(
      screen.getByText(/several SentinelOne Response connectors: Tenant A, Tenant B/)
    ).toBeVisible();
    expect(screen.getByText(/until only one is left\. Delete the others/)).toBeVisible();
  });

  it.each<[string, FormOptions]>([
    ['there is none', { connection: { state: 'none' } }],
    ['it is the edited one', { connection: one, isEdit: true }],
  ])('is not reported when %s', async (_, options) => {
    await open(options);
    expect(screen.queryByText(/SentinelOne Response connectors?( already exists)?:/)).toBeNull();
  });

  it('does not block the form when it cannot be read', async () => {
    const ui = createUi();
    ui.api.fail('connection', httpError(403));
    ui.show(
      <FormProvider value={createForm()}>
        <ConnectorFields readOnly={false} isEdit={false} registerPreSubmitValidator={() => {}} />
      </FormProvider>
    );
    await pass(3_000);
    expect(url()).toBeEnabled();
  });
});
