import { i18n } from '@kbn/i18n';
import { CAUSES } from './sentinelone_response_causes';
import {
  ANSWERS,
  type AnswerFacts,
  type AnswerKind,
  type AnswerSource,
} from './sentinelone_response_kinds';

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
  web_page: (said) =>
    said === undefined
      ? i18n.translate('sentineloneResponse.answer.content.webPage', {
          defaultMessage: 'a web page',
        })
      : i18n.translate('sentineloneResponse.answer.content.titledWebPage', {
          defaultMessage: 'the web page "{said}"',
          values: { said },
        }),
  text: (said) =>
    i18n.translate('sentineloneResponse.answer.content.text', {
      defaultMessage: 'the text "{said}"',
      values: { said },
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
} as const satisfies Record<string, (said: string | undefined) => string>;

/** The content of an answer, by its format; `said` is the title of a web page or the beginning of a text. */
export const contentText = (form: keyof typeof CONTENT_TEXT, said?: string): string =>
  CONTENT_TEXT[form](said);

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
  const { status, said, content, redirectsTo, error = '' } = facts;
  if (status === undefined) return error;
  if (ANSWERS[kind].from === 'sentinelone') {
    const values = { status, said };
    if (said !== undefined) {
      return i18n.translate('sentineloneResponse.answer.said', {
        defaultMessage: 'SentinelOne answered HTTP {status}: "{said}"',
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
