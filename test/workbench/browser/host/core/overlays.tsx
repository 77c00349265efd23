import {
  EuiButton,
  EuiCodeBlock,
  EuiConfirmModal,
  EuiFlyout,
  EuiModal,
  EuiModalBody,
  EuiModalFooter,
  EuiModalHeader,
  EuiModalHeaderTitle,
} from '@elastic/eui';
import type { ReactElement } from 'react';
import type {
  MountPoint,
  OverlayFlyoutOpenOptions,
  OverlayModalConfirmOptions,
  OverlayRef,
  OverlayStart,
} from '@kbn/core/public';
import { onlyThese } from '../../../not_in_the_workbench';
import type { Environment } from './environment';
import { Mount, TextOrMount } from './mount';

export interface OverlaysService {
  readonly start: OverlayStart;
  showErrorDialog(options: { readonly title: string; readonly error: Error }): void;
}

/** Shows something over the page until it is closed. */
function open(
  { renderAside }: Environment,
  content: (ref: OverlayRef) => ReactElement
): OverlayRef {
  let closed = (): void => {};
  let remove: (() => void) | undefined;
  const onClose = new Promise<void>((resolve) => {
    closed = resolve;
  });
  const ref: OverlayRef = {
    onClose,
    close() {
      remove?.();
      remove = undefined;
      closed();
      return onClose;
    },
  };
  remove = renderAside(content(ref));
  return ref;
}

/** `core.overlays`. As in Kibana there is one flyout and one dialog at a time: the next closes the last. */
export function createOverlays(environment: Environment): OverlaysService {
  let flyout: OverlayRef | undefined;
  let modal: OverlayRef | undefined;

  const openFlyout = (mount: MountPoint, options: OverlayFlyoutOpenOptions = {}): OverlayRef => {
    void flyout?.close();
    const { onClose, ...props } = options;
    flyout = open(environment, (ref) => (
      <EuiFlyout
        {...(props as object)}
        onClose={() => (onClose === undefined ? void ref.close() : onClose(ref))}
      >
        <Mount mount={mount} />
      </EuiFlyout>
    ));
    return flyout;
  };

  const openDialog = (content: (ref: OverlayRef) => ReactElement): OverlayRef => {
    void modal?.close();
    modal = open(environment, content);
    return modal;
  };

  const openConfirm = (
    message: MountPoint | string,
    { title, confirmButtonText, cancelButtonText, ...rest }: OverlayModalConfirmOptions = {}
  ): Promise<boolean> =>
    new Promise((resolve) => {
      let answer = false;
      const ref = openDialog((dialog) => (
        <EuiConfirmModal
          {...rest}
          title={title}
          confirmButtonText={confirmButtonText ?? 'Confirm'}
          cancelButtonText={cancelButtonText ?? 'Cancel'}
          onCancel={() => void dialog.close()}
          onConfirm={() => {
            answer = true;
            void dialog.close();
          }}
        >
          <TextOrMount content={message} />
        </EuiConfirmModal>
      ));
      void ref.onClose.then(() => resolve(answer));
    });

  return {
    start: onlyThese('core.overlays', {
      openFlyout,
      openConfirm,
      openModal: (mount: MountPoint, options: object = {}): OverlayRef =>
        openDialog((ref) => (
          <EuiModal {...options} onClose={() => void ref.close()}>
            <Mount mount={mount} />
          </EuiModal>
        )),
    }),
    showErrorDialog: ({ title, error }) => {
      openDialog((ref) => (
        <EuiModal onClose={() => void ref.close()} data-test-subj="fullErrorModal">
          <EuiModalHeader>
            <EuiModalHeaderTitle>{title}</EuiModalHeaderTitle>
          </EuiModalHeader>
          <EuiModalBody>
            <p>{error.message}</p>
            <EuiCodeBlock isCopyable>{error.stack ?? String(error)}</EuiCodeBlock>
          </EuiModalBody>
          <EuiModalFooter>
            <EuiButton fill onClick={() => void ref.close()}>
              Close
            </EuiButton>
          </EuiModalFooter>
        </EuiModal>
      ));
    },
  };
}
