import { useState, type ReactNode } from 'react';
import {
  EuiCheckboxGroup,
  EuiFilterButton,
  EuiFilterGroup,
  EuiPopover,
  useGeneratedHtmlId,
} from '@elastic/eui';

export interface FilterOption<Value extends string> {
  readonly value: Value;
  readonly label: ReactNode;
}

/**
 * A filter by one or more of several values. The button shows the number of selected values. Without a selection, there
 * is no filter.
 */
export function FilterPopover<Value extends string>({
  label,
  options,
  selected,
  onChange,
}: {
  readonly label: string;
  readonly options: ReadonlyArray<FilterOption<Value>>;
  readonly selected: readonly Value[];
  /** Called with the selected values in the order of the options. */
  readonly onChange: (selected: readonly Value[]) => void;
}): JSX.Element {
  const [isOpen, setIsOpen] = useState(false);
  const id = useGeneratedHtmlId();
  return (
    <EuiFilterGroup compressed>
      <EuiPopover
        button={
          <EuiFilterButton
            iconType="arrowDown"
            isSelected={isOpen}
            aria-expanded={isOpen}
            hasActiveFilters={selected.length > 0}
            numActiveFilters={selected.length === 0 ? undefined : selected.length}
            onClick={() => setIsOpen(!isOpen)}
          >
            {label}
          </EuiFilterButton>
        }
        isOpen={isOpen}
        closePopover={() => setIsOpen(false)}
        panelPaddingSize="m"
        aria-label={label}
      >
        <EuiCheckboxGroup
          legend={{ children: label, display: 'hidden' }}
          options={options.map((option) => ({ id: `${id}-${option.value}`, label: option.label }))}
          idToSelectedMap={Object.fromEntries(selected.map((value) => [`${id}-${value}`, true]))}
          onChange={(changed) =>
            onChange(
              options
                .map(({ value }) => value)
                .filter((value) => selected.includes(value) !== (`${id}-${value}` === changed))
            )
          }
        />
      </EuiPopover>
    </EuiFilterGroup>
  );
}
