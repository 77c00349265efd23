import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { AlertSummary } from '../../../common/hosts/alert';
import type { SetupStatus } from '../../../common/api/setup';
import { isAsWanted, isFine, ruleOfSetUp, type DetectionRule } from './rule';
import type { IntegrationPackage, SetupApi } from './setup_api';
import { askedOf, MAY_VIEW, type Asked } from './steps';

const KEY = 'sentineloneResponse.setup';
/** How soon (ms) a rule that has not run, or has no alert yet, is looked at again. */
const SOON = 5_000;

export interface AllSetupChecks {
  readonly status: Asked<SetupStatus>;
  readonly integration: Asked<IntegrationPackage>;
  readonly rules: Asked<readonly DetectionRule[]>;
  /** The newest alert of the rule, null when it has none. */
  readonly alert: Asked<AlertSummary | null>;
  readonly isChecking: boolean;
  /** Asks every system again, SentinelOne too. */
  checkAgain(): void;
}

const MAY_READ_RULES = '"Security: Read"';
const MAY_USE_FLEET = '"Fleet: All" and "Integrations: Read"';

/** The checks of the systems. Each is loaded independently, so that one that fails or is slow does not delay the others. */
export function useSetupChecks(api: SetupApi): AllSetupChecks {
  const queryClient = useQueryClient();
  const [round, setRound] = useState(0);
  /** The last round in which SentinelOne was asked itself, not what somebody was answered within a minute. */
  const roundAsked = useRef(0);
  const ask = <A>(
    name: string,
    queryFn: () => Promise<A>,
    options: {
      readonly enabled?: boolean;
      readonly refetchInterval?: (data: A | undefined) => number | false;
    } = {}
    // eslint-disable-next-line react-hooks/rules-of-hooks -- the same questions in the same order, every time
  ) => useQuery<A>({ queryKey: [KEY, name, round], queryFn, retry: false, ...options });

  const status = ask('status', () => {
    // Once a round: what asks again by itself, as when the window is looked at, is content with shared answers.
    const fresh = round > roundAsked.current;
    roundAsked.current = round;
    return api.status(fresh);
  });
  const integration = ask('package', () => api.integrationPackage());
  const rules = ask('rules', () => api.rules(), {
    refetchInterval: (data) => {
      const found = ruleOfSetUp(data ?? []);
      const isWaiting =
        found !== undefined &&
        isAsWanted(found.rule, found.wanted) &&
        !isFine(found.rule, found.wanted);
      return isWaiting ? SOON : false;
    },
  });
  const rule = ruleOfSetUp(rules.data ?? [])?.rule;
  const alert = ask(`alert ${rule?.id ?? ''}`, () => api.newestAlert(rule?.id ?? ''), {
    enabled: rule !== undefined,
    refetchInterval: (data) => (data?.alert === null ? SOON : false),
  });

  const newest = askedOf(alert, MAY_VIEW);
  return {
    status: askedOf(status, MAY_VIEW),
    integration: askedOf(integration, MAY_USE_FLEET),
    rules: askedOf(rules, MAY_READ_RULES),
    alert: newest?.state === 'answered' ? { state: 'answered', value: newest.value.alert } : newest,
    isChecking: status.isFetching || integration.isFetching || rules.isFetching,
    checkAgain: () => {
      setRound((last) => last + 1);
      // What other pages know of the connectors is as old.
      void queryClient.invalidateQueries(['sentineloneResponse.connection']);
    },
  };
}
