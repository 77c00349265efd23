import { useCallback, useState, type FC, type Ref, type ComponentProps } from 'react';
import {
  EuiButton,
  EuiContextMenuPanel,
  EuiPopover,
  EuiContextMenuItem,
  EuiScreenReaderOnly,
  EuiToolTip,
  useGeneratedHtmlId,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { ActionName } from '../../common/actions/action_name';
import type { AvailableAction } from './available_action';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import { actionLabel, chooseHostLabel } from './texts';
import { iconName } from '../components/icon';

/** In EUI 121 all menus have this size, and there is no such property. */
const SMALL = { size: 's' } as const;

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
  // EUI 121 gives the list around the items the role of a menu, and the role of an item only to its own components.
  const [isInMenu, setIsInMenu] = useState(false);
  const place = useCallback((element: HTMLElement | null) => {
    if (element !== null) setIsInMenu(element.closest('[role="menu"]') !== null);
  }, []);
  return (
    // Always rendered: if the tooltip were added or removed, the item would lose the focus.
    <EuiToolTip content={disabledReason} position="left" display="block">
      <DescribedItem
        {...SMALL}
        buttonRef={place}
        role={isInMenu ? 'menuitem' : undefined}
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
          iconType={iconName('arrowDown')}
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
        {...SMALL}
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
