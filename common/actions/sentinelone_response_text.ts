import { i18n } from '@kbn/i18n';
import { CAUSES } from './sentinelone_response_causes';
import {
  ANSWERS,
  type AnswerFacts,
  type AnswerKind,
  type AnswerSource,
} from './sentinelone_response_kinds';

/** What an answer holds that is not of SentinelOne's form, for the middle of a sentence. */
const CONTENT_TEXT = {
  json: () =>
    i18n.translate('sentineloneResponse.answer.content.json', {
      defaultMessage: 'JSON of another form',
    }),
  broken_json: () =>
    i18n.translate('sentineloneResponse.answer.content.brokenJson', {
      defaultMessage: 'JSON that breaks off',
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
  /** Of SentinelOne's form, and yet not what was asked for. */
  data: () =>
    i18n.translate('sentineloneResponse.answer.content.data', {
      defaultMessage: 'data that were not asked for',
    }),
} as const satisfies Record<string, (said: string | undefined) => string>;

/** The content of an answer, by its form; `said` is the title of a web page or how a text begins. */
export const contentText = (form: keyof typeof CONTENT_TEXT, said?: string): string =>
  CONTENT_TEXT[form](said);

/** `text` with a full stop where it has none. */
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
          defaultMessage: 'SentinelOne answered HTTP {status} and gave no reason',
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
  // The words say it already.
  sentinelone: undefined,
  elsewhere: () =>
    i18n.translate('sentineloneResponse.answer.elsewhere', {
      defaultMessage: "This is not an answer of SentinelOne's API",
    }),
  proxy: () =>
    i18n.translate('sentineloneResponse.answer.proxy', {
      defaultMessage: 'Only a proxy answers like this, not SentinelOne',
    }),
  unknown: () =>
    i18n.translate('sentineloneResponse.answer.unknown', {
      defaultMessage: 'It can be from SentinelOne or from a proxy or gateway in between',
    }),
  nobody: undefined,
};

/** What an answer means, for a person: what came, who sent it as far as that is certain, likely causes. */
export function answerText(kind: AnswerKind, facts: AnswerFacts): string {
  const from = FROM[ANSWERS[kind].from];
  const wait =
    facts.waitSeconds === undefined
      ? undefined
      : i18n.translate('sentineloneResponse.answer.wait', {
          defaultMessage: 'It asks to wait {seconds} s',
          values: { seconds: facts.waitSeconds },
        });
  const causes = CAUSES[kind]?.(facts);
  const likely =
    causes === undefined
      ? undefined
      : i18n.translate('sentineloneResponse.answer.likely', {
          defaultMessage: 'Likely: {causes}',
          values: { causes },
        });
  return [received(kind, facts), from?.(), wait, likely]
    .flatMap((part) => (part === undefined || part === '' ? [] : sentence(part)))
    .join(' ');
}
