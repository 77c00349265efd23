import {
  EuiFlexGroup,
  EuiFlexItem,
  EuiHeader,
  EuiHideFor,
  EuiSelect,
  EuiSwitch,
  EuiText,
  EuiThemeProvider,
} from '@elastic/eui';
import type { FC } from 'react';
import type { HttpSetup } from '@kbn/core/public';
import type { PageMetadata } from '../../../http/pages';

/** Changes the user or the theme, and reloads the page. */
async function changeSession(
  http: HttpSetup,
  change: { readonly username?: string; readonly darkMode?: boolean }
): Promise<void> {
  await http.post('/workbench/session', {
    body: JSON.stringify(change),
    headers: { 'kbn-xsrf': 'workbench' },
  });
  window.location.reload();
}

/** The workbench's own bar: its switches, and a note that this is not Kibana. */
export const WorkbenchBar: FC<{
  readonly metadata: PageMetadata;
  readonly http: HttpSetup;
}> = ({ metadata: { username, users, darkMode }, http }) => (
  <EuiHeader theme="dark" position="fixed" role="region" aria-label="Workbench">
    <EuiThemeProvider colorMode="dark" wrapperProps={{ cloneElement: true }}>
      <EuiFlexGroup alignItems="center" responsive={false} gutterSize="m">
        <EuiFlexItem>
          <EuiText size="s" color="default">
            <EuiHideFor sizes={['xs']}>
              <span>Workbench: state lives in memory</span>
            </EuiHideFor>
          </EuiText>
        </EuiFlexItem>
        <EuiFlexItem grow={false}>
          <EuiSelect
            compressed
            prepend="User"
            aria-label="User"
            value={username}
            options={users.map((user) => ({ value: user, text: user }))}
            onChange={({ target }) => void changeSession(http, { username: target.value })}
          />
        </EuiFlexItem>
        <EuiFlexItem grow={false}>
          <EuiSwitch
            compressed
            label="Dark theme"
            checked={darkMode}
            onChange={({ target }) => void changeSession(http, { darkMode: target.checked })}
          />
        </EuiFlexItem>
      </EuiFlexGroup>
    </EuiThemeProvider>
  </EuiHeader>
);
