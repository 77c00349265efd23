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
 * An item that is described by its own reason alone: `EuiToolTip` adds its content to what it is around while it is
 * shown (EUI 90.0.0, `aria-describedby`), and a screen reader would read the same reason twice.
 */
const DescribedItem: FC<
  ComponentProps<typeof EuiContextMenuItem> & { readonly reasonId: string | undefined }
> = ({ reasonId, ...props }) => <EuiContextMenuItem {...props} aria-describedby={reasonId} />;

/** An action in a menu. One that cannot be used is disabled and says why. */
export const TakeActionItem: FC<{
  readonly available: AvailableAction;
  readonly onSelect: (action: ActionName) => void;
  /** The action's own words where there are none. */
  readonly label?: string;
  readonly hasIcon?: boolean;
  /** Leads to where one of several agents is chosen; without it the item is disabled then. */
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
    // Around the item at all times: an item that came and went with its tooltip would lose the focus.
    <EuiToolTip content={disabledReason} position="left" display="block">
      <DescribedItem
        size="s"
        icon={hasIcon ? ACTION_DEFINITIONS[action].icon : undefined}
        // Not `disabled`: a disabled button takes no focus, and then nobody hears why.
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
        {/* The tooltip comes too late for a screen reader, which reads when the item gets the focus. */}
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
