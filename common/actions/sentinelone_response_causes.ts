import { i18n } from '@kbn/i18n';
import type { AnswerFacts, AnswerKind } from './sentinelone_response_kinds';

/** Likely causes of each kind of answer. A kind without a likely cause has no entry. */
export const CAUSES: Readonly<Partial<Record<AnswerKind, (facts: AnswerFacts) => string>>> = {
  token_refused: () =>
    i18n.translate('sentineloneResponse.answer.cause.token', {
      defaultMessage: 'the API token has expired, was revoked or was mistyped',
    }),
  permission_refused: ({ permission }) =>
    permission === undefined
      ? i18n.translate('sentineloneResponse.answer.cause.scope', {
          defaultMessage: 'the role or scope of the API token does not include this request',
        })
      : i18n.translate('sentineloneResponse.answer.cause.permission', {
          defaultMessage: 'the role of the API token lacks the permission {permission}',
          values: { permission },
        }),
  sentinelone_error: () =>
    i18n.translate('sentineloneResponse.answer.cause.sentinelone', {
      defaultMessage: 'a temporary error in SentinelOne',
    }),
  redirect: () =>
    i18n.translate('sentineloneResponse.answer.cause.redirect', {
      defaultMessage:
        'the tenant URL is not the address of the console, or a proxy or captive portal requires a login',
    }),
  proxy_login: () =>
    i18n.translate('sentineloneResponse.answer.cause.proxyLogin', {
      defaultMessage: 'the proxy in xpack.actions.proxyUrl requires a user name and password',
    }),
  web_page: () =>
    i18n.translate('sentineloneResponse.answer.cause.webPage', {
      defaultMessage:
        'a login page or captive portal intercepted the request, or the tenant URL leads to another server',
    }),
  other_content: () =>
    i18n.translate('sentineloneResponse.answer.cause.otherContent', {
      defaultMessage: 'the tenant URL leads to another server',
    }),
  cut_off: () =>
    i18n.translate('sentineloneResponse.answer.cause.cutOff', {
      defaultMessage: 'the connection closed before the answer was complete',
    }),
  empty: () =>
    i18n.translate('sentineloneResponse.answer.cause.empty', {
      defaultMessage: 'a proxy removed the answer, or the tenant URL leads to another server',
    }),
  refused_elsewhere: () =>
    i18n.translate('sentineloneResponse.answer.cause.refusedElsewhere', {
      defaultMessage:
        'a firewall, web filter or proxy between Kibana and SentinelOne refused the request, or the tenant URL leads to another server',
    }),
  gateway_error: () =>
    i18n.translate('sentineloneResponse.answer.cause.gateway', {
      defaultMessage: 'SentinelOne is not available now, or the proxy cannot reach it',
    }),
  name_unknown: () =>
    i18n.translate('sentineloneResponse.answer.cause.name', {
      defaultMessage: "the tenant URL is mistyped, or Kibana's DNS server cannot resolve the name",
    }),
  connection_refused: () =>
    i18n.translate('sentineloneResponse.answer.cause.connectionRefused', {
      defaultMessage:
        'no server listens at this address and port, or a firewall refuses the connection',
    }),
  no_route: () =>
    i18n.translate('sentineloneResponse.answer.cause.noRoute', {
      defaultMessage: "Kibana's network has no route to this address",
    }),
  connect_timeout: () =>
    i18n.translate('sentineloneResponse.answer.cause.connectTimeout', {
      defaultMessage:
        'a firewall drops the connection, or a proxy is required (xpack.actions.proxyUrl)',
    }),
  certificate_untrusted: () =>
    i18n.translate('sentineloneResponse.answer.cause.certificateUntrusted', {
      defaultMessage:
        'a proxy inspects TLS with its own certificate, or the console uses a certificate of a private authority; add the authority to xpack.actions.customHostSettings',
    }),
  certificate_expired: () =>
    i18n.translate('sentineloneResponse.answer.cause.certificateExpired', {
      defaultMessage: "a certificate expired, or the clock of Kibana's machine is wrong",
    }),
  certificate_of_another: () =>
    i18n.translate('sentineloneResponse.answer.cause.certificateOfAnother', {
      defaultMessage: 'the tenant URL leads to another server, or a proxy inspects TLS',
    }),
  not_tls: () =>
    i18n.translate('sentineloneResponse.answer.cause.notTls', {
      defaultMessage: 'the port does not use TLS, or a proxy or firewall interferes with it',
    }),
  timeout: () =>
    i18n.translate('sentineloneResponse.answer.cause.timeout', {
      defaultMessage: 'SentinelOne or a proxy is overloaded, or a firewall drops the answer',
    }),
  connection_broken: () =>
    i18n.translate('sentineloneResponse.answer.cause.broken', {
      defaultMessage: 'a firewall or proxy closed the connection, or SentinelOne restarted',
    }),
};
