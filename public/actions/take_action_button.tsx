import { useState, type FC, type Ref } from 'react';
import { EuiButton, EuiContextMenuPanel, EuiPopover } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { ActionName } from '../../common/actions/action_name';
import type { AvailableAction } from './available_action';
import { TakeActionItem } from './take_action_item';

/** The button "Take action" and its menu. An item that is not available is disabled, with the reason. */
export const TakeActionButton: FC<{
  readonly available: readonly AvailableAction[];
  readonly onSelect: (action: ActionName) => void;
  /** Opens the choice of one of several agents, if it is not on this page. */
  readonly onChoose?: () => void;
  readonly buttonRef?: Ref<HTMLButtonElement>;
  /** By default, the labels of the actions on one host. */
  readonly labelOf?: (action: ActionName) => string;
  readonly size?: 's' | 'm';
  readonly anchorPosition?: 'upRight' | 'downLeft';
}> = ({
  available,
  onSelect,
  onChoose,
  buttonRef,
  labelOf,
  size = 'm',
  anchorPosition = 'upRight',
}) => {
  const [isOpen, setIsOpen] = useState(false);
  const label = i18n.translate('sentineloneResponse.takeAction.button', {
    defaultMessage: 'Take action',
  });
  return (
    <EuiPopover
      isOpen={isOpen}
      closePopover={() => setIsOpen(false)}
      panelPaddingSize="none"
      anchorPosition={anchorPosition}
      aria-label={label}
      button={
        <EuiButton
          fill
          size={size}
          iconType="arrowDown"
          iconSide="right"
          aria-haspopup="true"
          aria-expanded={isOpen}
          buttonRef={buttonRef}
          data-test-subj="sentineloneResponseTakeAction"
          onClick={() => setIsOpen(!isOpen)}
        >
          {label}
        </EuiButton>
      }
    >
      <EuiContextMenuPanel
        size="s"
        items={available.map((one, n) => (
          // By its place: an item that changed its action keeps the focus.
          <TakeActionItem
            key={n}
            available={one}
            label={labelOf?.(one.action)}
            onSelect={(action) => {
              setIsOpen(false);
              onSelect(action);
            }}
            onChoose={
              onChoose &&
              (() => {
                setIsOpen(false);
                onChoose();
              })
            }
          />
        ))}
      />
    </EuiPopover>
  );
};
