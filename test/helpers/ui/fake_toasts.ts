import type { IToasts, ToastInput, ToastInputFields } from '@kbn/core/public';
import { onlyThese } from '../../workbench/not_in_the_workbench';

/** The visible parts of a toast: color, title and text. */
export type ShownToast = Pick<ToastInputFields, 'color' | 'title' | 'text'>;

interface FakeToasts {
  readonly toasts: IToasts;
  /** The newest last. */
  readonly shown: readonly ShownToast[];
}

/** Kibana's toasts, recorded instead of shown. */
export function fakeToasts(): FakeToasts {
  const shown: ShownToast[] = [];
  const note = (color: ShownToast['color']) => (toast: ToastInput) => {
    const { title, text } = typeof toast === 'string' ? { title: toast, text: undefined } : toast;
    shown.push({ color, title, ...(text === undefined ? {} : { text }) });
    return { id: String(shown.length) };
  };
  const toasts = onlyThese('core.notifications.toasts', {
    addSuccess: note('success'),
    addWarning: note('warning'),
    addDanger: note('danger'),
  }) as unknown as IToasts; // only what is used
  return { toasts, shown };
}
