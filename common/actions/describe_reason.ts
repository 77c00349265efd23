import { i18n } from '@kbn/i18n';
import { PROPERTY_TEXTS } from '../hosts/host_property';
import { DEFAULT_ACTION } from './action_name';
import { ACTION_DEFINITIONS, forEachAction } from './catalogue';
import { FAILURE_TEXTS } from './failure_texts';
import type { ReasonText, ReasonTexts, Tried } from './reason_text_types';
import type { AnyReason } from './reasons';
import { REFUSAL_TEXTS } from './refusal_texts';

export interface ReasonDetails {
  /** The host's name. */
  readonly name?: string | null;
  /** Details of the case, such as SentinelOne's error message. */
  readonly detail?: string;
  /** For failed reads: how long Kibana waited for SentinelOne, or when it reads again. */
  readonly seconds?: number;
}

const TEXTS: Readonly<Record<AnyReason, ReasonTexts>> = {
  ...REFUSAL_TEXTS,
  ...FAILURE_TEXTS,
};

/** How long Kibana waits for a status by default, in seconds. */
const DEFAULT_WAIT = 15;

/** What was tried, for a sentence after "to". */
const TRIED: Readonly<Record<Tried, () => string>> = {
  ...forEachAction((action) => ACTION_DEFINITIONS[action].texts.tried),
  read: () =>
    i18n.translate('sentineloneResponse.reason.tried.read', { defaultMessage: 'view hosts' }),
};

/** The status that an action changes, or that a read is about: within a sentence, after "the". */
export const statusInText = (tried: Tried): string =>
  PROPERTY_TEXTS[ACTION_DEFINITIONS[tried === 'read' ? DEFAULT_ACTION : tried].property].status();

const sentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);

/** What happened, followed by `detail`, and what to do next. */
export function reasonText(
  reason: AnyReason,
  tried: Tried,
  { name, detail, seconds = DEFAULT_WAIT }: ReasonDetails = {}
): ReasonText {
  const host =
    name ?? i18n.translate('sentineloneResponse.reason.thisHost', { defaultMessage: 'this host' });
  const { what, todo } = TEXTS[reason].text(
    { host, tried: TRIED[tried](), status: statusInText(tried), seconds },
    tried
  );
  const capital = what.charAt(0).toUpperCase() + what.slice(1);
  // The name of a host is not capitalized at the beginning of a sentence.
  const first = name != null && what.startsWith(name) ? what : capital;
  return { what: detail === undefined ? first : `${first} ${sentence(detail)}`, todo };
}

/** A reason in a few words, for use within a sentence. */
export const shortReason = (reason: AnyReason): string => TEXTS[reason].short();
