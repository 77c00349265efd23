import { i18n } from '@kbn/i18n';
import type { CaseProblem } from './cases';
import type { ReasonText } from './reason_text';

const TEXT: Readonly<Record<CaseProblem, () => ReasonText>> = {
  unavailable: () => ({
    what: i18n.translate('sentineloneResponse.cases.unavailable.what', {
      defaultMessage: 'This Kibana has no cases.',
    }),
    todo: i18n.translate('sentineloneResponse.cases.unavailable.todo', {
      defaultMessage: 'The action is in the history.',
    }),
  }),
  forbidden: () => ({
    what: i18n.translate('sentineloneResponse.cases.forbidden.what', {
      defaultMessage: 'You may not add anything to cases in this space.',
    }),
    todo: i18n.translate('sentineloneResponse.cases.forbidden.todo', {
      defaultMessage: 'Somebody with the Kibana privilege "Security > Cases: All" can.',
    }),
  }),
  not_found: () => ({
    what: i18n.translate('sentineloneResponse.cases.notFound.what', {
      defaultMessage: 'There is no such case in this space.',
    }),
    todo: i18n.translate('sentineloneResponse.cases.notFound.todo', {
      defaultMessage: 'It may have been deleted.',
    }),
  }),
  nothing_sent: () => ({
    what: i18n.translate('sentineloneResponse.cases.nothingSent.what', {
      defaultMessage: 'Nothing was sent to SentinelOne.',
    }),
    todo: i18n.translate('sentineloneResponse.cases.nothingSent.todo', {
      defaultMessage: 'It is attached once something is.',
    }),
  }),
  not_shown: () => ({
    what: i18n.translate('sentineloneResponse.cases.notShown.what', {
      defaultMessage:
        'The case holds it, but does not show it: somebody changed the case in the same moment.',
    }),
    todo: i18n.translate('sentineloneResponse.cases.notShown.todo', {
      defaultMessage:
        'Somebody who may also delete what is in cases can attach it again, which puts that right.',
    }),
  }),
  refused: () => ({
    what: i18n.translate('sentineloneResponse.cases.refused.what', {
      defaultMessage: 'Cases refused it.',
    }),
    todo: '',
  }),
  unclear: () => ({
    what: i18n.translate('sentineloneResponse.cases.unclear.what', {
      defaultMessage: 'Cases did not answer as expected, so it may be attached or not.',
    }),
    todo: i18n.translate('sentineloneResponse.cases.unclear.todo', {
      defaultMessage: 'Trying again attaches it only where it is missing.',
    }),
  }),
};

/** Why something is not attached to a case, and what to do. */
export const caseProblemText = (problem: CaseProblem): ReasonText => TEXT[problem]();
