/**
 * Moves the focus to a field with an error, and scrolls so that the error is visible too. The browser scrolls only to
 * the field, and on a small or zoomed screen the error below it would not be visible.
 */
export function focusField(field: HTMLElement | null): void {
  field?.focus();
  // The error is rendered at the end of the event that found it.
  requestAnimationFrame(() => {
    const row = field?.closest('.euiFormRow');
    row?.scrollIntoView?.({ block: 'nearest' });
    row?.querySelector('.euiFormErrorText')?.scrollIntoView?.({ block: 'nearest' });
  });
}
