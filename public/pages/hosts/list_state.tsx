import { type FC } from 'react';
import { EuiSpacer } from '@elastic/eui';
import { ProblemCallout } from '../../components/problem_callout';
import { SlowAnswer } from '../../host_status/slow_answer';
import type { Listed } from './use_hosts';

/** That SentinelOne is slow to answer, or why the list could not be read. */
export const ListState: FC<{
  readonly list: Pick<Listed<unknown>, 'problem' | 'isFetching' | 'isWaiting' | 'refresh'>;
  /** The title of the problem. */
  readonly problemTitle: string;
}> = ({ list: { problem, isFetching, isWaiting, refresh }, problemTitle }) =>
  problem === undefined ? (
    <SlowAnswer isWaiting={isWaiting} onRefresh={refresh} />
  ) : (
    <>
      <ProblemCallout
        problem={problem}
        title={problemTitle}
        onRetry={refresh}
        isRetrying={isFetching}
      />
      <EuiSpacer size="s" />
    </>
  );
