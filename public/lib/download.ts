/** Spreadsheets need it to see that a text is UTF-8; decoding has taken the server's away. */
const BYTE_ORDER_MARK = '\uFEFF';

/** Gives the table to the browser as a file to save. */
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
  // Later: some browsers have not begun to read it yet.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
