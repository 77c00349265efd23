import { useState, type FC } from 'react';
import {
  EuiButtonEmpty,
  EuiFlyoutBody,
  EuiFlyoutFooter,
  EuiFlyoutHeader,
  EuiListGroup,
  EuiTitle,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { Agent } from '../../../common/hosts/agent';
import { contextOfAgent } from '../../../common/hosts/host_identity';
import type { Services } from '../../lib/services';
import { openFlyout, type OpenFlyout } from '../open_flyout';
import { AlertFlyoutContent } from './alert_flyout';
import { nameInText, ShownName } from '../../components/shown_name';
import { HostsByName } from './hosts_by_name';

export interface HostFinderContentProps {
  /** At least one. With several, the user chooses one first. */
  readonly names: readonly string[];
  /** Id of the heading, which labels the flyout. */
  readonly titleId: string;
  readonly onClose: () => void;
}

/** The choice of one of several names. */
const NameChoice: FC<HostFinderContentProps & { readonly onChoose: (name: string) => void }> = ({
  names,
  titleId,
  onClose,
  onChoose,
}) => (
  <>
    <EuiFlyoutHeader hasBorder>
      <EuiTitle size="s">
        <h2 id={titleId}>
          {i18n.translate('sentineloneResponse.finder.chooseName', {
            defaultMessage: 'Choose a host',
          })}
        </h2>
      </EuiTitle>
    </EuiFlyoutHeader>
    <EuiFlyoutBody>
      <EuiListGroup
        bordered
        listItems={names.map((name) => ({
          label: <ShownName name={name} />,
          onClick: () => onChoose(name),
          wrapText: true,
        }))}
        maxWidth={false}
      />
    </EuiFlyoutBody>
    <EuiFlyoutFooter>
      <EuiButtonEmpty iconType="cross" onClick={onClose} flush="left">
        {i18n.translate('sentineloneResponse.flyout.close', { defaultMessage: 'Close' })}
      </EuiButtonEmpty>
    </EuiFlyoutFooter>
  </>
);

/** The hosts with one of these names in SentinelOne. */
export const HostFinderContent: FC<HostFinderContentProps> = (props) => {
  const { names } = props;
  const [chosen, setChosen] = useState<string>();
  const name = names.length === 1 ? names[0] : chosen;
  if (name === undefined) return <NameChoice {...props} onChoose={setChosen} />;
  return <HostsOfName {...props} name={name} />;
};

/** The hosts with this name in SentinelOne. Names are not unique, so the user chooses the agent. */
const HostsOfName: FC<Omit<HostFinderContentProps, 'names'> & { readonly name: string }> = ({
  name,
  titleId,
  onClose,
}) => {
  const [chosen, setChosen] = useState<Agent>();
  if (chosen !== undefined) {
    return (
      <AlertFlyoutContent
        context={contextOfAgent(chosen)}
        titleId={titleId}
        onClose={onClose}
        onBack={() => setChosen(undefined)}
      />
    );
  }
  return (
    <>
      <EuiFlyoutHeader hasBorder>
        <EuiTitle size="s">
          <h2 id={titleId}>
            {i18n.translate('sentineloneResponse.finder.title', {
              defaultMessage: 'SentinelOne hosts named {name}',
              values: { name: nameInText(name) },
            })}
          </h2>
        </EuiTitle>
      </EuiFlyoutHeader>
      <EuiFlyoutBody>
        <HostsByName name={name} onChoose={setChosen} />
      </EuiFlyoutBody>
      <EuiFlyoutFooter>
        <EuiButtonEmpty iconType="cross" onClick={onClose} flush="left">
          {i18n.translate('sentineloneResponse.flyout.close', { defaultMessage: 'Close' })}
        </EuiButtonEmpty>
      </EuiFlyoutFooter>
    </>
  );
};

const TITLE_ID = 'sentineloneResponseHostFinderTitle';

/** Opens the flyout in which the user chooses one of the hosts with these names. */
export function openHostFinder(services: Services, names: readonly string[]): OpenFlyout {
  return openFlyout(
    services,
    { titleId: TITLE_ID, testSubject: 'sentineloneResponseHostFinder' },
    (close) => <HostFinderContent names={names} titleId={TITLE_ID} onClose={close} />
  );
}
