import { type FC, useEffect, useMemo, useState } from 'react';
import {
  EuiComboBox,
  EuiFormRow,
  EuiLink,
  EuiSpacer,
  EuiText,
  useGeneratedHtmlId,
  type EuiComboBoxOptionOption,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { caseProblemText } from '../../common/actions/case_attachment';
import type { CaseSummary, Cases } from '../../common/api/cases';
import { LIMITS } from '../../common/lib/constants';
import { ComboBoxTexts } from '../components/combo_box_texts';
import { useQuery, type QueryClient } from '@tanstack/react-query';
import { describeError, type Problem } from '../lib/describe_error';
import { useLastError } from '../lib/use_last_error';
import { useServices } from '../lib/services';

/** Milliseconds from the last key press until cases are searched. */
const SEARCH_DELAY = 300;
const TITLE_KEY = 'sentineloneResponse.caseTitle';

/** The cases that an action is attached to, and the cases to choose from. */
export interface CaseChoice {
  /** Whether cases are available to the user. */
  readonly state: Cases['state'] | 'loading' | 'failed';
  readonly problem: Problem | undefined;
  /** Cases of the alerts, closed ones included. */
  readonly ofAlerts: readonly CaseSummary[];
  /** Other cases that are not closed and match the search. */
  readonly others: readonly CaseSummary[];
  readonly isSearching: boolean;
  readonly chosen: readonly CaseSummary[];
  /** Whether cases were looked up only for the first alerts, because there are more than the limit. */
  readonly isOfFirstAlerts: boolean;
  /** The number of alerts that cases were looked up for. */
  readonly alertCount: number;
  /** For the action's parameters. */
  readonly params: { readonly caseIds?: readonly string[] };
  choose(cases: readonly CaseSummary[]): void;
  search(text: string): void;
  /** Starts the search for cases. */
  open(): void;
  retry(): void;
}

/** The title of a case, if the page has loaded the case before. */
export const knownTitle = (queryClient: QueryClient, caseId: string): string | undefined =>
  queryClient.getQueryData<string>([TITLE_KEY, caseId]);

const casesIn = (cases: Cases | undefined): readonly CaseSummary[] =>
  cases?.state === 'available' ? cases.cases : [];

function useDelayed(text: string): string {
  const [delayed, setDelayed] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setDelayed(text), SEARCH_DELAY);
    return () => clearTimeout(timer);
  }, [text]);
  return delayed;
}

/** Preselects the alerts' cases that are not closed, until the user changes the selection. */
export function useCaseChoice(alertIds: readonly string[]): CaseChoice {
  const { api, queryClient } = useServices();
  const [own, setOwn] = useState<readonly CaseSummary[]>();
  const [isOpen, setIsOpen] = useState(false);
  const [text, setText] = useState('');
  const search = useDelayed(text.trim()).slice(0, 256);
  const asked = alertIds.slice(0, LIMITS.alertsForCases);
  const hasAlerts = asked.length > 0;

  const ofAlertsKey = ['sentineloneResponse.casesOfAlerts', asked];
  const ofAlerts = useQuery<Cases>({
    queryKey: ofAlertsKey,
    queryFn: ({ signal }) => api.casesOfAlerts(asked, signal),
    enabled: hasAlerts,
    cacheTime: 0,
  });
  const foundKey = ['sentineloneResponse.cases', search];
  const found = useQuery<Cases>({
    queryKey: foundKey,
    queryFn: ({ signal }) => api.cases(search === '' ? {} : { search }, signal),
    enabled: isOpen || !hasAlerts,
    keepPreviousData: true,
    staleTime: 10_000,
  });

  const leading = hasAlerts ? ofAlerts : found;
  const ofAlertsError = useLastError(ofAlertsKey, ofAlerts);
  const foundError = useLastError(foundKey, found);
  const leadingError = hasAlerts ? ofAlertsError : foundError;
  const alertCases = casesIn(ofAlerts.data);
  const preselected = useMemo(
    () => casesIn(ofAlerts.data).filter(({ status }) => status !== 'closed'),
    [ofAlerts.data]
  );
  const chosen = (own ?? preselected).slice(0, LIMITS.casesPerAction);
  const others = casesIn(found.data).filter(({ id }) => !alertCases.some((one) => one.id === id));
  useEffect(() => {
    for (const { id, title } of [...casesIn(ofAlerts.data), ...casesIn(found.data)]) {
      queryClient.setQueryData([TITLE_KEY, id], title);
    }
  }, [ofAlerts.data, found.data, queryClient]);

  const failure = leadingError ?? (isOpen ? foundError : null);
  return {
    state: leading.data?.state ?? (leadingError === null ? 'loading' : 'failed'),
    problem: failure === null ? undefined : describeError(failure),
    ofAlerts: alertCases,
    others,
    isSearching: leading.isLoading || found.isFetching,
    chosen,
    isOfFirstAlerts: alertIds.length > asked.length,
    alertCount: asked.length,
    params: chosen.length === 0 ? {} : { caseIds: chosen.map(({ id }) => id) },
    choose: setOwn,
    search: setText,
    open: () => setIsOpen(true),
    retry: () => {
      void leading.refetch();
      if (isOpen) void found.refetch();
    },
  };
}

type Option = EuiComboBoxOptionOption<CaseSummary>;

const optionOf = (value: CaseSummary): Option => ({
  key: value.id,
  value,
  label:
    value.status === 'closed'
      ? i18n.translate('sentineloneResponse.cases.closed', {
          defaultMessage: '{title} (closed)',
          values: { title: value.title },
        })
      : value.title,
});

function optionsOf({ ofAlerts, others, chosen, alertCount }: CaseChoice) {
  const groups: readonly [string, readonly CaseSummary[]][] = [
    [
      i18n.translate('sentineloneResponse.cases.ofAlerts', {
        defaultMessage: '{count, plural, one {Cases of the alert} other {Cases of the alerts}}',
        values: { count: alertCount },
      }),
      ofAlerts,
    ],
    [i18n.translate('sentineloneResponse.cases.open', { defaultMessage: 'Open cases' }), others],
  ];
  return groups
    .map(([label, cases]) => ({
      label,
      options: cases.filter(({ id }) => !chosen.some((one) => one.id === id)).map(optionOf),
    }))
    .filter(({ options }) => options.length > 0);
}

const noneText = (chosen: number): string =>
  i18n.translate('sentineloneResponse.cases.noneOpen', {
    defaultMessage: '{chosen, plural, =0 {No open cases} other {No other open cases}}',
    values: { chosen },
  });

function helpText(choice: CaseChoice): string {
  const { state, chosen, ofAlerts, alertCount, isOfFirstAlerts } = choice;
  if (state === 'loading') {
    return alertCount > 0
      ? i18n.translate('sentineloneResponse.cases.looking', {
          defaultMessage:
            'Loading the cases of the {count, plural, one {alert} other {alerts}}. If you confirm before they are loaded, the action is not attached to a case.',
          values: { count: alertCount },
        })
      : i18n.translate('sentineloneResponse.cases.lookingForOpen', {
          defaultMessage: 'Loading open cases.',
        });
  }
  const texts = [
    chosen.length === 0
      ? ofAlerts.length === 0 && alertCount > 0
        ? i18n.translate('sentineloneResponse.cases.noneOfAlert', {
            defaultMessage:
              'Optional. The {count, plural, one {alert is} other {alerts are}} not in a case. You can select any open case.',
            values: { count: alertCount },
          })
        : i18n.translate('sentineloneResponse.cases.optional', {
            defaultMessage: 'Optional. You can select any open case.',
          })
      : i18n.translate('sentineloneResponse.cases.afterwards', {
          defaultMessage: 'The action is sent first and attached afterwards.',
        }),
  ];
  if (isOfFirstAlerts) {
    texts.push(
      i18n.translate('sentineloneResponse.cases.ofFirstAlerts', {
        defaultMessage: 'Only cases of the first {count} alerts were looked up.',
        values: { count: LIMITS.alertsForCases },
      })
    );
  }
  return texts.join(' ');
}

/**
 * Chooses the cases that the action is attached to: the alert's cases, and any open ones. Not shown when Kibana has no
 * cases; reports when the user may not add to them. The action never waits for it.
 */
export const CasesField: FC<{ readonly choice: CaseChoice; readonly disabled: boolean }> = ({
  choice,
  disabled,
}) => {
  const { state, chosen, problem } = choice;
  const id = useGeneratedHtmlId({ prefix: 'sentineloneResponseCases' });
  if (state === 'unavailable') return null;
  if (state === 'forbidden') {
    return (
      <>
        <EuiSpacer size="m" />
        <EuiText size="xs" color="subdued" data-test-subj="sentineloneResponseNoCases">
          <p>
            {i18n.translate('sentineloneResponse.cases.notOffered', {
              defaultMessage: 'The action is not attached to a case. {why}',
              values: { why: caseProblemText('forbidden').what },
            })}
          </p>
        </EuiText>
      </>
    );
  }
  return (
    <ComboBoxTexts none={noneText(chosen.length)}>
      <EuiFormRow
        fullWidth
        id={id}
        label={i18n.translate('sentineloneResponse.cases.label', {
          defaultMessage: 'Attach to cases',
        })}
        helpText={
          problem === undefined ? (
            helpText(choice)
          ) : (
            <span role="status">
              {i18n.translate('sentineloneResponse.cases.failed', {
                defaultMessage: 'Cases are not available. You can still confirm the action. {what}',
                values: { what: problem.what },
              })}{' '}
              <EuiLink onClick={choice.retry}>
                {i18n.translate('sentineloneResponse.cases.lookAgain', {
                  defaultMessage: 'Try again',
                })}
              </EuiLink>
            </span>
          )
        }
      >
        <EuiComboBox<CaseSummary>
          fullWidth
          async
          // The placeholder of a disabled field has too little contrast.
          placeholder={
            disabled
              ? undefined
              : i18n.translate('sentineloneResponse.cases.placeholder', {
                  defaultMessage: 'Search cases by title',
                })
          }
          options={optionsOf(choice)}
          selectedOptions={chosen.map(optionOf)}
          isLoading={choice.isSearching}
          isDisabled={disabled}
          // The combo box does not pass this attribute on. The id is the one that the form row gives its help text.
          inputRef={(input) => input?.setAttribute('aria-describedby', `${id}-help-0`)}
          onFocus={choice.open}
          onSearchChange={choice.search}
          onChange={(options) =>
            choice.choose(options.flatMap(({ value }) => (value === undefined ? [] : [value])))
          }
          data-test-subj="sentineloneResponseCases"
        />
      </EuiFormRow>
    </ComboBoxTexts>
  );
};
