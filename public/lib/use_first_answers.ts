import { useLayoutEffect, useRef } from 'react';
import type { ViewQuestion } from '../../common/api/view';
import { useServices } from './services';

/** Asks for what a page or flyout needs first, before its parts ask. Nothing if there is no question. */
export function useFirstAnswers(question: ViewQuestion | undefined): void {
  const { api } = useServices();
  const first = useRef(question);
  // Layout effects run before the effects in which queries send their requests.
  useLayoutEffect(() => {
    if (first.current !== undefined) api.prepare(first.current);
  }, [api]);
}
