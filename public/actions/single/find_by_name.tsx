import { useEffect, useRef, useState, type FC } from 'react';
import { EuiButton, EuiFlexGroup, EuiFlexItem, EuiSpacer } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { Agent } from '../../../common/hosts/agent';
import { nameInText } from '../../components/shown_name';
import { HostsByName } from './hosts_by_name';

/**
 * For an alert that names its host only by name: looks up who has the name, and lets a person choose the agent. With
 * several names, one at a time.
 */
export const FindByName: FC<{
  /** At least one. */
  readonly names: readonly string[];
  readonly onChoose: (agent: Agent) => void;
}> = ({ names, onChoose }) => {
  const [name, setName] = useState<string>();
  const results = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (name !== undefined) results.current?.focus();
  }, [name]);
  return (
    <>
      <EuiFlexGroup gutterSize="s" responsive={false} wrap>
        {names.map((one) => (
          <EuiFlexItem key={one} grow={false}>
            <EuiButton
              size="s"
              iconType="search"
              isSelected={one === name}
              onClick={() => setName(one)}
            >
              {names.length === 1
                ? i18n.translate('sentineloneResponse.host.findByName', {
                    defaultMessage: 'Find hosts of this name',
                  })
                : i18n.translate('sentineloneResponse.host.findByNameOf', {
                    defaultMessage: 'Find hosts called {name}',
                    values: { name: nameInText(one) },
                  })}
            </EuiButton>
          </EuiFlexItem>
        ))}
      </EuiFlexGroup>
      {name === undefined ? null : (
        <div ref={results} tabIndex={-1}>
          <EuiSpacer size="m" />
          <HostsByName key={name} name={name} onChoose={onChoose} />
        </div>
      )}
    </>
  );
};
