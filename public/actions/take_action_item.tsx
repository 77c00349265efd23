import { type ComponentProps, type FC } from 'react';
import {
  EuiContextMenuItem,
  EuiScreenReaderOnly,
  EuiToolTip,
  useGeneratedHtmlId,
} from '@elastic/eui';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import type { ActionName } from '../../common/actions/action_name';
import type { AvailableAction } from './available_action';
import { actionLabel, chooseHostLabel } from './texts';

/**
 * A menu item that is described only by `reasonId`: `EuiToolTip` adds its content to `aria-describedby` while it is shown
 * (EUI 90.0.0), and screen readers would read the same reason twice.
 */
const DescribedItem: FC<
  ComponentProps<typeof EuiContextMenuItem> & { readonly reasonId: string | undefined }
> = ({ reasonId, ...props }) => <EuiContextMenuItem {...props} aria-describedby={reasonId} />;

/** An action in a menu. An action that is not available is disabled, with the reason. */
export const TakeActionItem: FC<{
  readonly available: AvailableAction;
  readonly onSelect: (action: ActionName) => void;
  /** By default, the label of the action. */
  readonly label?: string;
  readonly hasIcon?: boolean;
  /** Opens the choice of one of several agents. Without it, the item is disabled if there are several. */
  readonly onChoose?: () => void;
}> = ({
  available: { action, disabledReason, needsChoice },
  onSelect,
  label = actionLabel(action),
  hasIcon = true,
  onChoose,
}) => {
  const choose = needsChoice === 'agent' ? onChoose : undefined;
  const isDisabled = disabledReason !== undefined && choose === undefined;
  const reasonId = useGeneratedHtmlId({ prefix: 'sentineloneResponseDisabledReason' });
  return (
    // Always rendered: if the tooltip were added or removed, the item would lose the focus.
    <EuiToolTip content={disabledReason} position="left" display="block">
      <DescribedItem
        size="s"
        icon={hasIcon ? ACTION_DEFINITIONS[action].icon : undefined}
        // Not `disabled`: a disabled button cannot get the focus, so screen readers would not read the reason.
        aria-disabled={isDisabled}
        reasonId={isDisabled ? reasonId : undefined}
        css={isDisabled ? { opacity: 0.5, cursor: 'not-allowed' } : undefined}
        data-test-subj={`sentineloneResponseAction-${action}`}
        onClick={() => {
          if (choose !== undefined) choose();
          else if (!isDisabled) onSelect(action);
        }}
      >
        {choose === undefined ? label : chooseHostLabel()}
        {/* The tooltip appears too late for screen readers, which read when the item gets the focus. */}
        {isDisabled ? (
          <EuiScreenReaderOnly>
            <span id={reasonId} aria-hidden>
              {disabledReason}
            </span>
          </EuiScreenReaderOnly>
        ) : null}
      </DescribedItem>
    </EuiToolTip>
  );
};
