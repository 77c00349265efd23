import { type FC } from 'react';
import { EuiButton, EuiCallOut, EuiSpacer } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { describeError, type Problem } from '../api/describe_error';
import { ProblemCallout } from '../api/problem_callout';
import { Words } from './step_parts';

const PRECONDITION_FAILED = 412;

/** True when nothing was saved because somebody else has saved since. */
export const isOutdatedError = (error: unknown): boolean =>
  describeError(error).status === PRECONDITION_FAILED;

/** Somebody else has saved meanwhile: nothing of his may be lost, nor what is typed here without a word. */
const OutdatedNote: FC<{ readonly onLoad: () => void }> = ({ onLoad }) => (
  <>
    <EuiCallOut
      color="warning"
      iconType="warning"
      title={i18n.translate('sentineloneResponse.guards.outdated', {
        defaultMessage: 'Somebody else has changed these settings',
      })}
    >
      <Words>
        {i18n.translate('sentineloneResponse.guards.outdatedTodo', {
          defaultMessage:
            'What you see is what you changed, and it is not saved. Load what is saved now, and make your change to that.',
        })}
      </Words>
      <EuiSpacer size="s" />
      <EuiButton size="s" color="warning" onClick={onLoad}>
        {i18n.translate('sentineloneResponse.guards.load', {
          defaultMessage: 'Drop my changes and load what is saved',
        })}
      </EuiButton>
    </EuiCallOut>
    <EuiSpacer size="m" />
  </>
);

/** Why changed settings are not saved, and what to do; nothing while there is no reason. */
export const NotSaved: FC<{
  readonly isOutdated: boolean;
  /** Drops what is typed for what is stored. */
  readonly onLoad: () => void;
  readonly problem: Problem | undefined;
  /** The problem's title. */
  readonly title: string;
}> = ({ isOutdated, onLoad, problem, title }) => (
  <>
    {isOutdated ? <OutdatedNote onLoad={onLoad} /> : null}
    {problem === undefined ? null : (
      <>
        <ProblemCallout problem={problem} title={title} />
        <EuiSpacer size="m" />
      </>
    )}
  </>
);
