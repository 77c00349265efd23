import { hashQueryKey } from '@tanstack/react-query';
import {
  ALERTS_DEFAULTS,
  ISOLATED_DEFAULTS,
  type ViewAnswer,
  type ViewQuestion,
  type ViewRoute,
} from '../../common/api/view';
import type { AlertsQuery } from '../../common/api/routes';
import { SECOND } from '../../common/lib/constants';
import { isRecord } from '../../common/lib/is_record';
import type { AskedView } from './ask_view';

/** When the browser sent a request, and when it got the answer. */
export interface Exchange {
  readonly sentAt: number;
  readonly answeredAt: number;
}

/** An answer of a route that came with those of other routes. */
export interface FirstAnswer {
  readonly body: unknown;
  readonly exchange: Exchange;
}

/** How long (ms) an answer may be used after it arrived: until the code of the page is loaded. */
const MAX_AGE = 10 * SECOND;
/** How long (ms) after the first of the answers to a request the others may be used: a page asks for all at once. */
const USED_WITHIN = 2 * SECOND;
/** Milliseconds between the starts of two time ranges that end now and are the same to the user. */
const SAME_TIME = 20 * SECOND;

const hashOf = (value: unknown): string => hashQueryKey([value]);

function isSameTime(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return Math.abs(Date.parse(one) - Date.parse(other)) <= SAME_TIME;
}

interface InTimeRange {
  readonly from?: string;
  readonly to?: string;
}

/** Whether two questions have the same answer; those in a time range, if they are the same at about the same time. */
function isSameQuestion(one: unknown, other: unknown): boolean {
  if (!isRecord(one) || !isRecord(other)) return hashOf(one) === hashOf(other);
  const [{ from, to, ...rest }, { from: start, to: end, ...others }] = [one, other] as [
    InTimeRange,
    InTimeRange,
  ];
  return hashOf(rest) === hashOf(others) && isSameTime(from, start) && isSameTime(to, end);
}

const isSameAlerts = (one: AlertsQuery, other: AlertsQuery): boolean =>
  isSameQuestion({ ...ALERTS_DEFAULTS, ...one }, { ...ALERTS_DEFAULTS, ...other });

/** With the defaults of the page of isolated hosts. */
const withDefaults = ({ isolated, ...question }: ViewQuestion): ViewQuestion =>
  isolated === undefined
    ? question
    : { ...question, isolated: { ...ISOLATED_DEFAULTS, ...isolated } };

function isSameView(
  { alerts: one, ...rest }: ViewQuestion,
  { alerts: other, ...others }: ViewQuestion
): boolean {
  if (hashOf(withDefaults(rest)) !== hashOf(withDefaults(others))) return false;
  return one === undefined || other === undefined ? one === other : isSameAlerts(one, other);
}

/** Whether the answer to `question` may contain an answer of the route. */
function mayAnswer(
  { alerts, alertId, agents, isolated, statusOnly = false }: ViewQuestion,
  route: ViewRoute
): boolean {
  switch (route) {
    case 'connection':
      return true;
    case 'approvals':
      return !statusOnly;
    case 'alerts':
      return alerts !== undefined;
    case 'alert':
      return alertId !== undefined;
    case 'hostsStatus':
      return alerts !== undefined || alertId !== undefined || agents !== undefined;
    case 'actions':
      return !statusOnly && [alerts, alertId, agents, isolated].some((part) => part !== undefined);
    case 'isolatedHosts':
      return isolated !== undefined;
  }
}

/**
 * The answers that pages and flyouts have asked for in one request, until their parts use them. Each is used once, by the
 * first part that asks the same question, instead of a request of its own.
 */
export class FirstAnswers {
  private readonly used = new WeakSet<ViewAnswer>();
  /** When the first answer to a request was used. */
  private readonly usedSince = new WeakMap<AskedView, number>();

  /** `asked` is what was asked before this code was loaded; more may be added to it. */
  constructor(
    private readonly asked: AskedView[],
    private readonly ask: (question: ViewQuestion) => AskedView
  ) {}

  /** Asks, unless the same was just asked. */
  prepare(question: ViewQuestion): void {
    const now = performance.now();
    const isJustAsked = (one: AskedView) =>
      now - one.sentAt < MAX_AGE && !this.usedSince.has(one) && isSameView(one.question, question);
    if (!this.asked.some(isJustAsked)) this.asked.push(this.ask(question));
  }

  /** The answer to this question; undefined if it was not asked, or if the request has not answered it. */
  take(route: ViewRoute, question: unknown): Promise<FirstAnswer | undefined> | undefined {
    const asked = this.asked.filter((one) => mayAnswer(one.question, route));
    return asked.length === 0 ? undefined : this.find(asked, route, question);
  }

  /** Discards all answers, because something has changed. */
  forget(): void {
    this.asked.length = 0;
  }

  private async find(
    asked: readonly AskedView[],
    route: ViewRoute,
    question: unknown
  ): Promise<FirstAnswer | undefined> {
    for (const one of asked) {
      const [view, answeredAt] = (await one.answer) ?? [undefined, Number.NEGATIVE_INFINITY];
      const now = performance.now();
      const usedFor = now - (this.usedSince.get(one) ?? now);
      if (now - answeredAt > MAX_AGE || usedFor > USED_WITHIN) this.remove(one);
      // It may have been discarded in the meantime.
      if (view === undefined || !this.asked.includes(one)) continue;
      const answer = view.answers.find(
        (given) =>
          given.route === route &&
          !this.used.has(given) &&
          (route === 'alerts'
            ? isSameAlerts(given.question as AlertsQuery, question as AlertsQuery)
            : isSameQuestion(given.question, question))
      );
      if (answer === undefined) continue;
      this.used.add(answer);
      if (!this.usedSince.has(one)) this.usedSince.set(one, now);
      return { body: answer.body, exchange: { sentAt: one.sentAt, answeredAt } };
    }
    return undefined;
  }

  private remove(asked: AskedView): void {
    const at = this.asked.indexOf(asked);
    if (at >= 0) this.asked.splice(at, 1);
  }
}
