import {
  EuiButton,
  EuiGlobalToastList,
  EuiSpacer,
  type EuiGlobalToastListToast,
} from '@elastic/eui';
import type { FC } from 'react';
import { TextOrMount } from '../core/mount';
import type { OverlaysService } from '../core/overlays';
import type { ShownToast, ToastsService } from '../core/toasts';
import { useObservable } from './use_observable';

interface ToastListProps {
  readonly toasts: ToastsService;
  readonly overlays: OverlaysService;
}

/** The visible toasts, in the corner of the page. */
export const ToastList: FC<ToastListProps> = ({ toasts, overlays }) => {
  const shown = useObservable(toasts.toasts$, []);
  const listed = ({ error, title, text, ...rest }: ShownToast): EuiGlobalToastListToast => ({
    ...rest,
    title: <TextOrMount content={title} />,
    text: (
      <>
        <TextOrMount content={text} />
        {error === undefined ? null : (
          <>
            <EuiSpacer size="s" />
            <EuiButton
              size="s"
              color="danger"
              onClick={() => overlays.showErrorDialog({ title: String(title), error })}
            >
              See the full error
            </EuiButton>
          </>
        )}
      </>
    ),
  });
  return (
    <EuiGlobalToastList
      toasts={shown.map(listed)}
      dismissToast={({ id }) => toasts.start.remove(id)}
      toastLifeTimeMs={5_000}
      data-test-subj="globalToastList"
    />
  );
};
