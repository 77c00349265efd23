import type {
  IToasts,
  Toast,
  ToastInput,
  ToastInputFields,
  ToastOptions,
  ToastsStart,
} from '@kbn/core/public';
import { BehaviorSubject } from 'rxjs';
import { onlyThese } from '../../../not_in_the_workbench';

export interface ShownToast extends ToastInputFields {
  readonly id: string;
  /** What "See the full error" shows. */
  readonly error?: Error;
}

/** How long each kind stays, in ms: Kibana's defaults of `notifications:lifetime:*`. */
const LIFETIME = { info: 5_000, warning: 10_000, error: 300_000 };

export interface ToastsService {
  readonly start: ToastsStart;
  readonly toasts$: BehaviorSubject<readonly ShownToast[]>;
}

/** `core.notifications.toasts`; the page's list shows `toasts$`. */
export function createToasts(): ToastsService {
  const toasts$ = new BehaviorSubject<readonly ShownToast[]>([]);
  let count = 0;

  const show = (input: ToastInput, defaults: Omit<ShownToast, 'id'>): Toast => {
    const fields = typeof input === 'string' ? { title: input } : input;
    const toast = { ...defaults, ...fields, id: String(count++) };
    toasts$.next([...toasts$.value, toast]);
    return toast;
  };
  const shows =
    (defaults: Omit<ShownToast, 'id'>) =>
    (input: ToastInput, options: ToastOptions = {}): Toast =>
      show(input, { ...defaults, ...options });

  const start: IToasts = onlyThese('core.notifications.toasts', {
    add: shows({ toastLifeTimeMs: LIFETIME.info }),
    addInfo: shows({ color: 'primary', iconType: 'iInCircle', toastLifeTimeMs: LIFETIME.info }),
    addSuccess: shows({ color: 'success', iconType: 'check', toastLifeTimeMs: LIFETIME.info }),
    addWarning: shows({ color: 'warning', iconType: 'help', toastLifeTimeMs: LIFETIME.warning }),
    addDanger: shows({ color: 'danger', iconType: 'error', toastLifeTimeMs: LIFETIME.warning }),
    addError: (
      error: Error,
      options: ToastOptions & { readonly title: string; readonly toastMessage?: string }
    ): Toast => {
      const { title, toastMessage = error.message, toastLifeTimeMs = LIFETIME.error } = options;
      return show(
        { title, text: toastMessage, toastLifeTimeMs },
        { color: 'danger', iconType: 'error', error }
      );
    },
    remove(toast: Toast | string): void {
      const id = typeof toast === 'string' ? toast : toast.id;
      toasts$.next(toasts$.value.filter((one) => one.id !== id));
    },
  });
  return { start, toasts$ };
}
