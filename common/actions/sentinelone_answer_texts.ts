import { i18n } from '@kbn/i18n';
import {
  ANSWERS,
  type AnswerFacts,
  type AnswerKind,
  type AnswerSource,
} from './sentinelone_answers';

/** Likely causes of each kind of answer. A kind without a likely cause has no entry. */
const CAUSES: Readonly<Partial<Record<AnswerKind, (facts: AnswerFacts) => string>>> = {
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

/** The content of an answer that is not in SentinelOne's format, for use within a sentence. */
const CONTENT_TEXT = {
  json: () =>
    i18n.translate('sentineloneResponse.answer.content.json', {
      defaultMessage: 'JSON in an unexpected format',
    }),
  broken_json: () =>
    i18n.translate('sentineloneResponse.answer.content.brokenJson', {
      defaultMessage: 'incomplete JSON',
    }),
  web_page: (apiText) =>
    apiText === undefined
      ? i18n.translate('sentineloneResponse.answer.content.webPage', {
          defaultMessage: 'a web page',
        })
      : i18n.translate('sentineloneResponse.answer.content.titledWebPage', {
          defaultMessage: 'the web page "{apiText}"',
          values: { apiText },
        }),
  text: (apiText) =>
    i18n.translate('sentineloneResponse.answer.content.text', {
      defaultMessage: 'the text "{apiText}"',
      values: { apiText },
    }),
  empty: () =>
    i18n.translate('sentineloneResponse.answer.content.empty', {
      defaultMessage: 'an empty body',
    }),
  /** In SentinelOne's format, but not what was requested. */
  data: () =>
    i18n.translate('sentineloneResponse.answer.content.data', {
      defaultMessage: 'data that was not requested',
    }),
} as const satisfies Record<string, (apiText: string | undefined) => string>;

/** The content of an answer, by its format; `apiText` is the title of a web page or the beginning of a text. */
export const contentText = (form: keyof typeof CONTENT_TEXT, apiText?: string): string =>
  CONTENT_TEXT[form](apiText);

/** `text` with a full stop at the end. */
const sentence = (text: string): string => (/[.!?…]["”]?$/.test(text) ? text : `${text}.`);

const fromServer = ({ server }: AnswerFacts): string =>
  server === undefined
    ? ''
    : i18n.translate('sentineloneResponse.answer.server', {
        defaultMessage: ', sent by "{server}"',
        values: { server },
      });

function received(kind: AnswerKind, facts: AnswerFacts): string {
  const { status, apiText, content, redirectsTo, error = '' } = facts;
  if (status === undefined) return error;
  if (ANSWERS[kind].from === 'sentinelone') {
    const values = { status, apiText };
    if (apiText !== undefined) {
      return i18n.translate('sentineloneResponse.answer.apiText', {
        defaultMessage: 'SentinelOne answered HTTP {status}: "{apiText}"',
        values,
      });
    }
    return content === undefined
      ? i18n.translate('sentineloneResponse.answer.saidNothing', {
          defaultMessage: 'SentinelOne answered HTTP {status} without a reason',
          values,
        })
      : i18n.translate('sentineloneResponse.answer.data', {
          defaultMessage: 'SentinelOne answered HTTP {status} with {content}',
          values: { status, content },
        });
  }
  const what =
    redirectsTo === undefined
      ? content
      : i18n.translate('sentineloneResponse.answer.redirect', {
          defaultMessage: 'a redirect to {redirectsTo}',
          values: { redirectsTo },
        });
  return i18n.translate('sentineloneResponse.answer.received', {
    defaultMessage: 'Kibana received HTTP {status} with {what}{server}',
    values: { status, what, server: fromServer(facts) },
  });
}

const FROM: Readonly<Record<AnswerSource, (() => string) | undefined>> = {
  // The text of the answer names SentinelOne.
  sentinelone: undefined,
  elsewhere: () =>
    i18n.translate('sentineloneResponse.answer.elsewhere', {
      defaultMessage: "This answer is not from SentinelOne's API",
    }),
  proxy: () =>
    i18n.translate('sentineloneResponse.answer.proxy', {
      defaultMessage: 'This answer is from a proxy, not from SentinelOne',
    }),
  unknown: () =>
    i18n.translate('sentineloneResponse.answer.unknown', {
      defaultMessage:
        'The answer can be from SentinelOne, or from a proxy or gateway between Kibana and SentinelOne',
    }),
  none: undefined,
};

/** Describes an answer: its content, its sender as far as that is certain, and likely causes. */
export function answerText(kind: AnswerKind, facts: AnswerFacts): string {
  const from = FROM[ANSWERS[kind].from];
  const wait =
    facts.waitSeconds === undefined
      ? undefined
      : i18n.translate('sentineloneResponse.answer.wait', {
          defaultMessage: 'Retry after {seconds} s',
          values: { seconds: facts.waitSeconds },
        });
  const causes = CAUSES[kind]?.(facts);
  const likely =
    causes === undefined
      ? undefined
      : i18n.translate('sentineloneResponse.answer.likely', {
          defaultMessage: 'Likely cause: {causes}',
          values: { causes },
        });
  return [received(kind, facts), from?.(), wait, likely]
    .flatMap((part) => (part === undefined || part === '' ? [] : sentence(part)))
    .join(' ');
}
