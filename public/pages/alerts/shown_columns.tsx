import { useState, type FC } from 'react';
import { EuiButtonEmpty, EuiPopover, EuiPopoverTitle, EuiSpacer, EuiSwitch } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { iconName } from '../../components/icon';

/** The optional columns of the alerts table that the user chose, stored in their browser. */

const NAME: Readonly<Record<OptionalColumn, () => string>> = {
  riskScore: () =>
    i18n.translate('sentineloneResponse.alerts.riskScore', { defaultMessage: 'Risk score' }),
  workflowStatus: () =>
    i18n.translate('sentineloneResponse.alerts.workflowStatus', { defaultMessage: 'Alert status' }),
  reason: () => i18n.translate('sentineloneResponse.alerts.reason', { defaultMessage: 'Reason' }),
};

/** The heading of an optional column. */
export const columnName = (column: OptionalColumn): string => NAME[column]();

/** A menu to show and hide columns of the alerts table. */
export const ColumnChooser: FC<{ readonly shown: ShownColumns }> = ({ shown }) => {
  const [isOpen, setIsOpen] = useState(false);
  const label = i18n.translate('sentineloneResponse.alerts.columns', { defaultMessage: 'Columns' });
  return (
    <EuiPopover
      button={
        <EuiButtonEmpty
          iconType={iconName('tableDensityNormal')}
          iconSide="left"
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
        >
          {label}
        </EuiButtonEmpty>
      }
      isOpen={isOpen}
      closePopover={() => setIsOpen(false)}
      anchorPosition="downRight"
      panelPaddingSize="s"
      aria-label={label}
    >
      <EuiPopoverTitle paddingSize="s">{label}</EuiPopoverTitle>
      {OPTIONAL_COLUMNS.map((column) => (
        <div key={column}>
          <EuiSwitch
            compressed
            label={columnName(column)}
            checked={shown.columns.includes(column)}
            onChange={() => shown.toggle(column)}
          />
          <EuiSpacer size="s" />
        </div>
      ))}
    </EuiPopover>
  );
};

const OPTIONAL_COLUMNS = ['riskScore', 'workflowStatus', 'reason'] as const;
export type OptionalColumn = (typeof OPTIONAL_COLUMNS)[number];

const SHOWN_AT_FIRST: readonly OptionalColumn[] = ['reason'];
const KEY = 'sentineloneResponse.alerts.columns';

/** Reads the columns from a stored text, in display order; the default columns for an invalid text. */
export function parseColumns(stored: string | null): readonly OptionalColumn[] {
  if (stored === null) return SHOWN_AT_FIRST;
  try {
    const names: unknown = JSON.parse(stored);
    if (Array.isArray(names)) return OPTIONAL_COLUMNS.filter((name) => names.includes(name));
  } catch {
    // The text is invalid.
  }
  return SHOWN_AT_FIRST;
}

function read(): readonly OptionalColumn[] {
  try {
    return parseColumns(window.localStorage.getItem(KEY));
  } catch {
    // Browsers may not allow storage.
    return SHOWN_AT_FIRST;
  }
}

function write(columns: readonly OptionalColumn[]): void {
  try {
    window.localStorage.setItem(KEY, JSON.stringify(columns));
  } catch {
    // The choice then applies until the page is closed.
  }
}

interface ShownColumns {
  readonly columns: readonly OptionalColumn[];
  toggle(column: OptionalColumn): void;
}

export function useShownColumns(): ShownColumns {
  const [columns, setColumns] = useState(read);
  return {
    columns,
    toggle(column) {
      const next = OPTIONAL_COLUMNS.filter((one) => columns.includes(one) !== (one === column));
      write(next);
      setColumns(next);
    },
  };
}
