import { type FC } from 'react';
import { EuiCheckbox, EuiToolTip, useGeneratedHtmlId } from '@elastic/eui';

/**
 * The checkbox of a row of a table, or of all rows on a page. A row that cannot be selected keeps its place in the tab
 * order, so that the keyboard reaches the reason, too.
 */
export const SelectionCheckbox: FC<{
  /** For screen readers: what the checkbox selects. */
  readonly label: string;
  readonly isSelected: boolean;
  /** Of a checkbox for several rows, some of which are selected. */
  readonly isPartlySelected?: boolean;
  /** Why it cannot be selected. */
  readonly reason?: string;
  readonly onChange: (isSelected: boolean) => void;
}> = ({ label, isSelected, isPartlySelected = false, reason, onChange }) => {
  const id = useGeneratedHtmlId({ prefix: 'sentineloneResponseSelect' });
  const checkbox = (
    <EuiCheckbox
      id={id}
      aria-label={reason === undefined ? label : `${label}. ${reason}`}
      checked={isSelected}
      indeterminate={isPartlySelected}
      aria-disabled={reason !== undefined}
      css={reason === undefined ? undefined : { opacity: 0.4 }}
      onChange={({ target }) => {
        if (reason === undefined) onChange(target.checked);
      }}
    />
  );
  return reason === undefined ? (
    checkbox
  ) : (
    <EuiToolTip content={reason} position="right">
      {checkbox}
    </EuiToolTip>
  );
};
