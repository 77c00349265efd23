import { useCallback, useState, type FC, type PropsWithChildren } from 'react';

/**
 * What a table shows in place of rows. EUI 121 renders it a second time in the caption, which only screen readers get:
 * there it would contain buttons and a heading, so it is left out.
 */
export const TableMessage: FC<PropsWithChildren<object>> = ({ children }) => {
  const [isShown, setIsShown] = useState(false);
  const place = useCallback((element: HTMLElement | null) => {
    if (element !== null) setIsShown(element.closest('caption') === null);
  }, []);
  return <div ref={place}>{isShown ? children : null}</div>;
};
