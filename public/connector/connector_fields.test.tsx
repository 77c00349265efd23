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

it('holds what was entered, and rules may not act unless somebody says so', async () => {
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

it('says in one sentence what the switch lets happen', async () => {
  await open();
  expect(automation()).toHaveAccessibleDescription(
    /^When on, a detection rule .+, or a script with an API key, can cut hosts off the network without anybody looking\.$/
  );
});

it('carries the set-up: where to, which permissions, only one connector', async () => {
  await open();
  expect(url()).toHaveAccessibleDescription(/address of your SentinelOne console.*allowedHosts/);
  expect(token()).toHaveAccessibleDescription(
    /not the token of the integration\. Its role needs Endpoints\.view, Endpoints\.disconnectFromNetwork and Endpoints\.reconnectToNetwork\. Optional: Activity Page\.view \(.+\) and Users\.view \(.+\)\./
  );
  expect(screen.getByText(/Make only one connector of this type in a space/)).toBeVisible();
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
  ])('refuses %j as the tenant URL, and says what is accepted', async (text) => {
    const form = await open({ saved: { config: { url: text }, secrets: { token: 'abc' } } });
    expect(form.save()).toBe(false);
    expect(url()).toBeInvalid();
    expect(url()).toHaveAccessibleDescription(/https address.*nothing behind it, such as https:/);
    expect(token()).toBeValid();
  });

  it.each([
    ['https://example.sentinelone.net/', 'https://example.sentinelone.net/'],
    ['https://example.org:8443', 'https://example.org:8443'],
    ['http://localhost:9911', 'http://localhost:9911'],
    // Saved without leaving the field.
    ['https://example.sentinelone.net/web/api/v2.1/', 'https://example.sentinelone.net'],
    [' https://example.sentinelone.net\n', 'https://example.sentinelone.net'],
    ['https://example.sentinelone.net/?a=b', 'https://example.sentinelone.net'],
    ['https://example.sentinelone.net/#x', 'https://example.sentinelone.net'],
  ])('takes %j and saves %j', async (text, saved) => {
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

  it('says of both that there is a blank inside', async () => {
    const saved = { config: { url: 'https://exa mple.net' }, secrets: { token: 'ab cd' } };
    const form = await open({ saved });
    expect(form.save()).toBe(false);
    for (const field of [url(), token()]) {
      expect(field).toBeInvalid();
      expect(field).toHaveAccessibleDescription(/There is a blank or line break inside: copy it/);
    }
  });
});

describe('what is clear', () => {
  it('is corrected when the field is left, and said until it is changed again', async () => {
    const form = await open();
    await enter(form, url(), ' https://x.sentinelone.net/web/api/v2.1/ ');
    await enter(form, token(), '\u00a0abc ');
    await form.user.tab();
    expect(url()).toHaveValue('https://x.sentinelone.net');
    expect(url()).toHaveAccessibleDescription(
      /Blanks around it were removed\. The path was removed: only the address of the console/
    );
    expect(token()).toHaveValue('abc');
    expect(token()).toHaveAccessibleDescription(/Blanks around it were removed\./);
    expect(form.save()).toBe(true);
    await enter(form, url(), 'x');
    expect(url()).not.toHaveAccessibleDescription(/removed/);
    expect(token()).toHaveAccessibleDescription(/removed/);
  });

  it('is left alone where nothing is wrong, or where it is not clear', async () => {
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

  it('must be entered again to save a change', async () => {
    const saved = { config: { url: 'https://example.sentinelone.net', allowAutomation: true } };
    const form = await open({ isEdit: true, saved });
    expect(automation()).toBeChecked();
    expect(
      screen.getByText(/kept encrypted and never shown; enter it again to save/)
    ).toBeVisible();
    expect(form.save()).toBe(false);
    await enter(form, token(), 'abc');
    expect(form.save()).toBe(true);
  });
});

it('cannot be changed by whoever may only read', async () => {
  await open({ isEdit: true, readOnly: true });
  expect(url()).toHaveAttribute('readonly');
  expect(token()).toHaveAttribute('readonly');
  expect(automation()).toBeDisabled();
  expect(screen.queryByText(/enter it again to save/)).toBeNull();
});

describe('another connector', () => {
  const one = {
    state: 'one',
    connector: { id: '1', name: 'Tenant A' },
    commentRequired: true,
  } as const;
  const several = {
    state: 'several',
    connectors: [one.connector, { id: '2', name: 'Tenant B' }],
  } as const;

  it('is warned about before a second one is made', async () => {
    await open({ connection: one });
    expect(
      screen.getByText('There is a SentinelOne Response connector already: Tenant A')
    ).toBeVisible();
    expect(screen.getByText(/refused\. Edit that one instead/)).toBeVisible();
  });

  it.each([true, false])('is warned about where there are several (edit: %s)', async (isEdit) => {
    await open({ connection: several, isEdit });
    expect(
      screen.getByText(/several SentinelOne Response connectors: Tenant A, Tenant B/)
    ).toBeVisible();
    expect(screen.getByText(/until one is left\. Delete the others/)).toBeVisible();
  });

  it.each<[string, FormOptions]>([
    ['there is none', { connection: { state: 'none' } }],
    ['it is the one that is edited', { connection: one, isEdit: true }],
  ])('is not warned about when %s', async (_, options) => {
    await open(options);
    expect(screen.queryByText(/SentinelOne Response connectors?( already)?:/)).toBeNull();
  });

  it('keeps nobody from the form when it cannot be told', async () => {
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
