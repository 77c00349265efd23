import { useState, type FC } from 'react';
import { EuiButton, EuiContextMenuItem, EuiContextMenuPanel, EuiPopover } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { ActionName } from '../../common/outcome';
import type { AvailableAction } from './available_action';
import { actionLabel } from './texts';

/** The button "Take action" and its menu. An item that cannot be used is disabled and says why. */
export const TakeActionButton: FC<{
  readonly available: AvailableAction;
  readonly onSelect: (action: ActionName) => void;
}> = ({ available: { action, disabledReason }, onSelect }) => {
  const [isOpen, setIsOpen] = useState(false);
  const isDisabled = disabledReason !== undefined;
  const label = i18n.translate('sentineloneResponse.takeAction.button', {
    defaultMessage: 'Take action',
  });
  return (
    <EuiPopover
      isOpen={isOpen}
      closePopover={() => setIsOpen(false)}
      panelPaddingSize="none"
      anchorPosition="upRight"
      aria-label={label}
      button={
        <EuiButton
          fill
          iconType="arrowDown"
          iconSide="right"
          aria-haspopup="true"
          aria-expanded={isOpen}
          data-test-subj="sentineloneResponseTakeAction"
          onClick={() => setIsOpen(!isOpen)}
        >
          {label}
        </EuiButton>
      }
    >
      <EuiContextMenuPanel
        size="s"
        items={[
          <EuiContextMenuItem
            key={action}
            icon={action === 'isolate' ? 'lock' : 'lockOpen'}
            // Not `disabled`: a disabled button takes no focus, and then nobody hears why.
            aria-disabled={isDisabled}
            css={isDisabled ? { opacity: 0.5, cursor: 'not-allowed' } : undefined}
            toolTipContent={disabledReason}
            toolTipPosition="left"
            data-test-subj={`sentineloneResponseAction-${action}`}
            onClick={() => {
              if (isDisabled) return;
              setIsOpen(false);
              onSelect(action);
            }}
          >
            {actionLabel(action)}
          </EuiContextMenuItem>,
        ]}
      />
    </EuiPopover>
  );
};
