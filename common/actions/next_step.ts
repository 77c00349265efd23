import type { ReasonByAction } from './action_definition';
import { DEFAULT_ACTION } from './action_name';
import { ACTION_DEFINITIONS } from './catalogue';
import type { Tried } from './reason_texts';

/** What to do next, for the reasons whose next step depends on the action. */
export const nextStep = (reason: ReasonByAction, tried: Tried): string =>
  ACTION_DEFINITIONS[tried === 'read' ? DEFAULT_ACTION : tried].texts.todo[reason]();
