import { type FC, type ReactNode } from 'react';
import { EuiFlexGroup, EuiFlexItem, EuiLink, EuiText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { IsolatedFigures } from '../../../common/api/hosts';
import { durationText } from '../../action_history/history_texts';
import { nameInText } from '../../components/shown_name';

const Figure: FC<{ readonly value: ReactNode; readonly label: ReactNode }> = ({ value, label }) => (
  <EuiFlexItem grow={false}>
    <EuiText size="s">
      <strong>{value}</strong> {label}
    </EuiText>
  </EuiFlexItem>
);

/** How many hosts are isolated, isolating and releasing, and which one is isolated for longest; whatever the filter. */
export const Figures: FC<{
  readonly figures: IsolatedFigures;
  readonly onOpen: (agentId: string) => void;
}> = ({ figures: { isolated, isolating, isolatingOffline, releasing, longest }, onOpen }) => (
  <EuiFlexGroup
    gutterSize="l"
    responsive={false}
    wrap
    role="group"
    aria-label={i18n.translate('sentineloneResponse.hosts.figures', {
      defaultMessage: 'Isolated hosts in numbers',
    })}
  >
    <Figure
      value={isolated}
      label={i18n.translate('sentineloneResponse.hosts.isolated', { defaultMessage: 'isolated' })}
    />
    <Figure
      value={isolating}
      label={i18n.translate('sentineloneResponse.hosts.isolating', {
        defaultMessage: '{offline, plural, =0 {isolating} other {isolating (# offline)}}',
        values: { offline: isolatingOffline },
      })}
    />
    <Figure
      value={releasing}
      label={i18n.translate('sentineloneResponse.hosts.releasing', { defaultMessage: 'releasing' })}
    />
    {longest === null ? null : (
      <Figure
        value={durationText(Date.now() - Date.parse(longest.since))}
        label={
          <>
            {i18n.translate('sentineloneResponse.hosts.longest', {
              defaultMessage: 'longest isolated:',
            })}{' '}
            <EuiLink onClick={() => onOpen(longest.agentId)}>
              {nameInText(longest.name ?? longest.agentId)}
            </EuiLink>
          </>
        }
      />
    )}
  </EuiFlexGroup>
);
