import type { HttpSetup } from '@kbn/core/public';
import type { View, ViewQuestion } from '../../common/api/view';
import { INTERNAL_API_VERSION, VIEW_PATH } from '../../common/lib/constants';

/** What was asked of Kibana in one request. Times in ms on the browser's clock (`performance.now()`). */
export interface AskedView {
  readonly question: ViewQuestion;
  readonly sentAt: number;
  /** The answer and when it arrived; undefined if the request failed. Never rejects. */
  readonly answer: Promise<readonly [view: View, arrivedAt: number] | undefined>;
}

/** Asks for what a page or flyout needs first. Loaded with every page of Kibana, so that it can precede their code. */
export const askView = (http: Pick<HttpSetup, 'post'>, question: ViewQuestion): AskedView => ({
  question,
  sentAt: performance.now(),
  answer: http
    .post<View>(VIEW_PATH, { version: INTERNAL_API_VERSION, body: JSON.stringify(question) })
    .then(
      (view) => [view, performance.now()],
      () => undefined
    ),
});
