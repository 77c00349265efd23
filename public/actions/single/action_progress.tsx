import { type FC } from 'react';
import { EuiCallOut, EuiText } from '@elastic/eui';
import type { Agent } from '../../../common/hosts/agent';
import type { ShownStatus } from '../../host_status/network_status';
import { useFormatShortTime } from '../../lib/use_format_time';
import { progressMessage, type LastAction } from '../progress_message';

const ICON = { success: 'check', warning: 'warning', primary: 'clock' } as const;

/** Tells how the last action goes on. `HostAnnouncer` tells a screen reader. */
export const ActionProgress: FC<{
  readonly last: LastAction | undefined;
  readonly status: ShownStatus | undefined;
  readonly agent: Agent | undefined;
}> = ({ last, status, agent }) => {
  const formatTime = useFormatShortTime();
  if (last === undefined) return null;
  const { color, title, text } = progressMessage(last, status, agent, formatTime);
  return (
    <EuiCallOut
      size="s"
      color={color}
      title={title}
      iconType={ICON[color]}
      data-test-subj="sentineloneResponseProgress"
    >
      {text === undefined ? null : (
        <EuiText size="s">
          <p>{text}</p>
        </EuiText>
      )}
    </EuiCallOut>
  );
};
