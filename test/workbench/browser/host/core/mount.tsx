import { useLayoutEffect, useRef, type FC } from 'react';
import type { MountPoint } from '@kbn/core/public';

/** Gives an element to a mount point, and takes it back when it goes. */
export const Mount: FC<{ readonly mount: MountPoint }> = ({ mount }) => {
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => mount(element.current!), [mount]);
  return <div ref={element} className="kbnMountWrapper" />;
};

/** A text, or a mount point for something richer. */
export const TextOrMount: FC<{ readonly content: string | MountPoint | undefined }> = ({
  content,
}) => (typeof content === 'function' ? <Mount mount={content} /> : <>{content}</>);
