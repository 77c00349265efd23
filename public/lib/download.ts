/** Spreadsheet programs need it to detect UTF-8. Decoding removed the server's byte order mark. */
const BYTE_ORDER_MARK = '\uFEFF';

/** Lets the browser save the table as a file. */
export function downloadCsv(name: string, csv: string): void {
  const url = URL.createObjectURL(
    new Blob([BYTE_ORDER_MARK, csv], { type: 'text/csv;charset=utf-8' })
  );
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // Not at once, because some browsers start to read it later.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
