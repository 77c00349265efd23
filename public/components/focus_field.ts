/**
 * Gives a field that has an error the focus, and scrolls so that its error is seen too: the browser scrolls to the field
 * alone, and on a small or enlarged screen what stands below it stays out of sight.
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
