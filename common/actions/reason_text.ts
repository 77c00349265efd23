import { i18n } from '@kbn/i18n';
import { ACTION_DEFINITIONS, forEachAction } from './catalogue';
import { FAILURE_TEXTS } from './failure_texts';
import type { ReasonText, ReasonTexts, Tried } from './reason_texts';
import type { AnyReason } from './reasons';
import { REFUSAL_TEXTS } from './refusal_texts';

/** What a reason means for a person, and what to do next. */

export interface ReasonDetails {
  /** The host, as people call it. */
  readonly name?: string | null;
  /** Words that differ from case to case, such as what SentinelOne said. */
  readonly detail?: string;
  /** How long SentinelOne was waited for, or when to read again; for reasons of reads. */
  readonly seconds?: number;
}

const TEXTS: Readonly<Record<AnyReason, ReasonTexts>> = {
  ...REFUSAL_TEXTS,
  ...FAILURE_TEXTS,
};

/** How long a status is waited for unless said otherwise (s). */
const USUAL_WAIT = 15;

/** What was tried, as it stands in a sentence after "to". */
const TRIED: Readonly<Record<Tried, () => string>> = {
  ...forEachAction((action) => ACTION_DEFINITIONS[action].texts.tried),
  read: () =>
    i18n.translate('sentineloneResponse.reason.tried.read', { defaultMessage: 'view hosts' }),
};

const sentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);

/** What `reason` means and what to do about it; `detail` follows what happened. */
export function reasonText(
  reason: AnyReason,
  tried: Tried,
  { name, detail, seconds = USUAL_WAIT }: ReasonDetails = {}
): ReasonText {
  const host =
    name ?? i18n.translate('sentineloneResponse.reason.thisHost', { defaultMessage: 'this host' });
  const { what, todo } = TEXTS[reason].text({ host, tried: TRIED[tried](), seconds }, tried);
  const capital = what.charAt(0).toUpperCase() + what.slice(1);
  // A host's name is never changed, not even at the beginning of a sentence.
  const first = name != null && what.startsWith(name) ? what : capital;
  return { what: detail === undefined ? first : `${first} ${sentence(detail)}`, todo };
}

/** A reason in a few words, for the middle of a sentence. */
export const shortReason = (reason: AnyReason): string => TEXTS[reason].short();
