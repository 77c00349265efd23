import type { ReasonByAction } from './action_definition';
import { DEFAULT_ACTION } from './action_name';
import { ACTION_DEFINITIONS } from './catalogue';
import type { Tried } from './reason_texts';

/** What to do next, for reasons for which that depends on the action. Whoever only reads may be about to act. */
export const nextStep = (reason: ReasonByAction, tried: Tried): string =>
  ACTION_DEFINITIONS[tried === 'read' ? DEFAULT_ACTION : tried].texts.todo[reason]();
