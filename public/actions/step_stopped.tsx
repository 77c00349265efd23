import { type FC } from 'react';
import { EuiCallOut, EuiText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';

/** Says that nothing can be sent from an open step any more, because its host is not the one it was opened for. */
export const StepStopped: FC<{ readonly change: string }> = ({ change }) => (
  <EuiCallOut
    size="s"
    color="danger"
    iconType="warning"
    role="alert"
    title={i18n.translate('sentineloneResponse.stepStopped.title', {
      defaultMessage: 'The host has changed since you opened this step',
    })}
    data-test-subj="sentineloneResponseStopped"
  >
    <EuiText size="s">
      <p>{change}</p>
      <p>
        {i18n.translate('sentineloneResponse.stepStopped.todo', {
          defaultMessage:
            'You can no longer send anything from here, and your comment was cleared. Look at the host again, then start anew.',
        })}
      </p>
    </EuiText>
  </EuiCallOut>
);
