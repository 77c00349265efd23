import { i18n } from '@kbn/i18n';
import type { GenericValidationResult } from '@kbn/triggers-actions-ui-plugin/public';
import { actionOfSubAction } from '../../common/actions/catalogue';
import { minutesProblem } from '../actions/release_time_choice';
import { LIMITS, SUB_ACTION } from '../../common/lib/constants';

/** The parameters of the plugin's connector in a rule's action and in the Test tab. */
export interface ActionParams {
  readonly subAction: string;
  readonly subActionParams: {
    readonly comment?: string;
    readonly overrideComment?: unknown;
    readonly releaseAfterMinutes?: number;
  };
}

/**
 * Checks the parameters before a rule can be saved. The errors are by field. `longestMinutes` is the longest time until an
 * automatic release that the settings allow.
 */
export async function validateParams(
  { subAction, subActionParams }: Partial<ActionParams>,
  longestMinutes: number
): Promise<GenericValidationResult<unknown>> {
  if (subAction === SUB_ACTION.testConnection) return { errors: {} };
  const comment = subActionParams?.comment ?? '';
  const problem =
    comment.trim() === ''
      ? i18n.translate('sentineloneResponse.params.commentMissing', {
          defaultMessage: 'Enter a comment. It is saved with the action.',
        })
      : comment.length > LIMITS.comment
        ? i18n.translate('sentineloneResponse.params.commentTooLong', {
            defaultMessage: 'Enter at most {limit, number} characters.',
            values: { limit: LIMITS.comment },
          })
        : undefined;
  const time = minutesProblem(subActionParams?.releaseAfterMinutes, longestMinutes);
  const overrides = subActionParams?.overrideComment !== undefined;
  const isKnown = actionOfSubAction(subAction) !== undefined;
  return {
    errors: {
      ...(isKnown
        ? {}
        : {
            subAction: [
              i18n.translate('sentineloneResponse.params.actionMissing', {
                defaultMessage: 'Select an action.',
              }),
            ],
          }),
      ...(problem === undefined ? {} : { comment: [problem] }),
      ...(time === undefined ? {} : { releaseAfterMinutes: [time] }),
      ...(overrides
        ? {
            overrideComment: [
              i18n.translate('sentineloneResponse.params.noOverride', {
                defaultMessage: 'Rules cannot isolate protected hosts. Remove overrideComment.',
              }),
            ],
          }
        : {}),
    },
  };
}
