import {
  EuiButton,
  EuiContextMenu,
  EuiDescriptionList,
  EuiFlyout,
  EuiFlyoutBody,
  EuiFlyoutFooter,
  EuiFlyoutHeader,
  EuiPopover,
  EuiTitle,
} from '@elastic/eui';
import { useState, type FC, type ReactElement } from 'react';
import { encode, safeDecode } from '@kbn/rison';
import type { BrowserContracts } from '../../../versions/kibana_version';

/** An alert in the flyout. */
export interface OpenAlert {
  readonly id: string;
  readonly indexName: string;
}

/** The query of a page with the alert's flyout open, or without one, in the form of this version of Kibana. */
export function searchWith(
  { flyoutUrlKey }: BrowserContracts,
  search: string,
  alert: OpenAlert | undefined
): string {
  const query = new URLSearchParams(search);
  query.delete(flyoutUrlKey);
  if (alert !== undefined) {
    const params = { ...alert, scopeId: 'alerts-page' };
    query.set(flyoutUrlKey, encode({ right: { id: 'document-details-right', params } }));
  }
  return `?${query.toString()}`;
}

/** The alert whose flyout is open, by the query of the page. */
export function alertIn({ flyoutUrlKey }: BrowserContracts, search: string): OpenAlert | undefined {
  const state = safeDecode(new URLSearchParams(search).get(flyoutUrlKey) ?? '') as {
    readonly right?: { readonly params?: OpenAlert };
  } | null;
  return state?.right?.params;
}

/** Security's items, of which one leads to a panel of its own. They cannot be extended in any version. */
const PANELS = [
  {
    id: 0,
    items: [
      {
        name: 'Add to existing case',
        'data-test-subj': 'add-to-existing-case-action',
        // Without one it is text, not an item.
        onClick: () => {},
      },
      { name: 'Apply alert tags', 'data-test-subj': 'alert-tags-context-menu-item', panel: 1 },
    ],
  },
  { id: 1, title: 'Apply alert tags', content: <p>There are no tags.</p> },
];
/** EUI 121 has menus of one size, and leaves this out. */
const SMALL = { size: 's' } as const;

const TakeAction: FC<Pick<BrowserContracts, 'takeActionButton'>> = ({ takeActionButton }) => {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <EuiPopover
      id="AlertTakeActionPanel"
      isOpen={isOpen}
      closePopover={() => setIsOpen(false)}
      panelPaddingSize="none"
      anchorPosition="upRight"
      button={
        <EuiButton
          data-test-subj={takeActionButton}
          fill
          iconType="arrowDown"
          iconSide="right"
          onClick={() => setIsOpen(!isOpen)}
        >
          Take action
        </EuiButton>
      }
    >
      <EuiContextMenu
        {...SMALL}
        data-test-subj="takeActionPanelMenu"
        initialPanelId={0}
        panels={PANELS}
      />
    </EuiPopover>
  );
};

/** Security's flyout of an alert, with its menu "Take action". */
export const AlertFlyout: FC<{
  readonly contracts: BrowserContracts;
  readonly title: string;
  readonly facts: ReadonlyArray<{ readonly title: string; readonly description: string }>;
  readonly onClose: () => void;
}> = ({ contracts, title, facts, onClose }) => {
  const inSection = (content: ReactElement) =>
    contracts.flyoutHasSections ? (
      <div
        data-test-subj="rightSection"
        css={{ display: 'flex', flexDirection: 'column', height: '100%' }}
      >
        {content}
      </div>
    ) : (
      content
    );
  return (
    <EuiFlyout onClose={onClose} size="s" ownFocus={false} aria-label="Alert">
      {inSection(
        <>
          <EuiFlyoutHeader hasBorder>
            <EuiTitle size="s">
              <h2>{title}</h2>
            </EuiTitle>
          </EuiFlyoutHeader>
          <EuiFlyoutBody>
            <EuiDescriptionList compressed listItems={[...facts]} />
          </EuiFlyoutBody>
          <EuiFlyoutFooter>
            <TakeAction takeActionButton={contracts.takeActionButton} />
          </EuiFlyoutFooter>
        </>
      )}
    </EuiFlyout>
  );
};
