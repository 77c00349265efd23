import { useLayoutEffect, useRef, type FC } from 'react';
import type { MountPoint } from '@kbn/core/public';

/** Mounts a mount point into an element, and unmounts it at the end. */
export const Mount: FC<{ readonly mount: MountPoint }> = ({ mount }) => {
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => mount(element.current!), [mount]);
  // Kibana's style of this class: what is mounted into a flyout fills it, and its body scrolls.
  return (
    <div
      ref={element}
      className="kbnMountWrapper"
      css={{ display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 }}
    />
  );
};

/** A text, or a mount point for something richer. */
export const TextOrMount: FC<{ readonly content: string | MountPoint | undefined }> = ({
  content,
}) => (typeof content === 'function' ? <Mount mount={content} /> : <>{content}</>);
