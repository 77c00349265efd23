import { useState, type FC, type Ref } from 'react';
import {
  EuiButton,
  EuiContextMenuItem,
  EuiContextMenuPanel,
  EuiPopover,
  EuiScreenReaderOnly,
  useGeneratedHtmlId,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { ActionName } from '../../common/outcome';
import type { AvailableAction } from './available_action';
import { actionLabel } from './texts';

/** The button "Take action" and its menu. An item that cannot be used is disabled and says why. */
export const TakeActionButton: FC<{
  readonly available: AvailableAction;
  readonly onSelect: (action: ActionName) => void;
  readonly buttonRef?: Ref<HTMLButtonElement>;
}> = ({ available: { action, disabledReason }, onSelect, buttonRef }) => {
  const [isOpen, setIsOpen] = useState(false);
  const reasonId = useGeneratedHtmlId({ prefix: 'sentineloneResponseDisabledReason' });
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
        items={[
          <EuiContextMenuItem
            key={action}
            icon={action === 'isolate' ? 'lock' : 'lockOpen'}
            // Not `disabled`: a disabled button takes no focus, and then nobody hears why.
            aria-disabled={isDisabled}
            aria-describedby={isDisabled ? reasonId : undefined}
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
      {/* The tooltip comes too late for a screen reader, which reads when the item gets the focus. */}
      {isDisabled ? (
        <EuiScreenReaderOnly>
          <p id={reasonId}>{disabledReason}</p>
        </EuiScreenReaderOnly>
      ) : null}
    </EuiPopover>
  );
};
