import type { SVGProps } from 'react';

/** The connector type's icon: a host inside a circle that is not closed. Drawn for this plugin. */
const Logo = (props: SVGProps<SVGSVGElement>): JSX.Element => (
  <svg viewBox="0 0 32 32" width={32} height={32} aria-hidden="true" {...props}>
    {/* EuiIcon fills the svg element itself with the color of the text. */}
    <g fill="none" strokeWidth="2" strokeLinecap="round">
      <rect x="9" y="10" width="14" height="9" rx="1.5" stroke="#8A6FD6" />
      <path d="M13 23h6M16 19v4" stroke="#8A6FD6" />
      <path d="M16 2.5a13.5 13.5 0 1 1-9.6 4" stroke="#E7664C" />
    </g>
  </svg>
);

// eslint-disable-next-line import/no-default-export -- React.lazy requires one
export default Logo;
