import { useEffect, useRef, useState, type FC } from 'react';
import { EuiButton } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { describeError } from '../lib/describe_error';
import { useServices } from '../lib/services';
import { downloadCsv } from '../lib/download';
import { iconName } from './icon';

/**
 * Exports all matching entries, on all pages. Uses Kibana's HTTP client, which authenticates the request and reports
 * errors. If the stream is interrupted, no incomplete file is saved.
 */
export const ExportButton: FC<{
  /** Reads the table. */
  readonly read: () => Promise<string>;
  /** The beginning of the file name, which ends with the date. */
  readonly name: string;
  readonly isDisabled: boolean;
}> = ({ read, name, isDisabled }) => {
  const { core } = useServices();
  const [isExporting, setIsExporting] = useState(false);
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);

  const exportAll = async () => {
    setIsExporting(true);
    const day = new Date().toISOString().slice(0, 10);
    try {
      downloadCsv(`${name}-${day}.csv`, await read());
    } catch (error) {
      const { what, todo, errorText } = describeError(error);
      core.notifications.toasts.addDanger({
        title: i18n.translate('sentineloneResponse.history.exportFailed', {
          defaultMessage: 'Export failed',
        }),
        text: [
          what,
          todo,
          ...(errorText === undefined || what.includes(errorText) ? [] : [errorText]),
        ].join(' '),
      });
    } finally {
      if (isShown.current) setIsExporting(false);
    }
  };

  return (
    <EuiButton
      iconType={iconName('exportAction')}
      isLoading={isExporting}
      isDisabled={isDisabled}
      onClick={() => void exportAll()}
    >
      {i18n.translate('sentineloneResponse.history.export', { defaultMessage: 'Export as CSV' })}
    </EuiButton>
  );
};
