import { useEffect, useRef, type FC } from 'react';

/**
 * A place at the top of a page or step for what a person must not miss: whenever `about` becomes something new,
 * it is scrolled to and gets the focus. Nothing is rendered while `about` is undefined.
 */
export const Attention: FC<{ readonly about: unknown }> = ({ about, children }) => {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (about === undefined) return;
    place.current?.focus({ preventScroll: true });
    // With what stands above it, such as the heading of a step.
    place.current?.scrollIntoView?.({ block: 'center' });
  }, [about]);
  return about === undefined ? null : (
    <div ref={place} tabIndex={-1}>
      {children}
    </div>
  );
};
