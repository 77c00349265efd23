/** Kibana 8.12.2's default Content-Security-Policy (`core-http-server-internal/src/csp`). */
export const CONTENT_SECURITY_POLICY = [
  `script-src 'report-sample' 'self'`,
  `worker-src 'report-sample' 'self' blob:`,
  `style-src 'report-sample' 'self' 'unsafe-inline'`,
].join('; ');

/** Headers of every answer (`core-http-server-internal/src/security_response_headers_config.js`). */
export const RESPONSE_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer-when-downgrade',
  'permissions-policy':
    'camera=(), display-capture=(), fullscreen=(self), geolocation=(), microphone=(), web-share=()',
  'cross-origin-opener-policy': 'same-origin',
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'kbn-name': 'workbench',
};
