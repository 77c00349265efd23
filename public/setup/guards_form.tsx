import { useState, type FC } from 'react';
import {
  EuiButton,
  EuiFieldNumber,
  EuiFlexGroup,
  EuiFlexItem,
  EuiFormRow,
  EuiSpacer,
  EuiSwitch,
  EuiText,
  EuiTitle,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { LIMITS, PLUGIN_ID, UI_CAPABILITY } from '../../common/constants';
import {
  hostGuardsCodec,
  protectedHostCodec,
  type GuardPreview,
  type HostGuards,
  type ProtectedHost,
} from '../../common/host_guards';
import { overridePrivilegePath } from '../../common/override_texts';
import { decode } from '../../common/validation';
import { describeError, type Problem } from '../api/describe_error';
import { useServices } from '../services';
import { isOutdatedError, NotSaved } from './not_saved';
import { PatternRow } from './pattern_row';
import type { SetupApi, StoredSettings } from './setup_api';
import { Answer, Words } from './step_parts';
import { askedOf, MAY_VIEW } from './steps';
import { useDraft } from './use_draft';

const KEY = ['sentineloneResponse.guards'];

type Stored = StoredSettings<HostGuards>;

const Form: FC<{ readonly stored: Stored; readonly api: SetupApi }> = ({ stored, api }) => {
  const { core } = useServices();
  const queryClient = useQueryClient();
  const draft = useDraft(stored);
  const { settings: guards, setSettings: setGuards, base, isOutdated, noteSaved, drop } = draft;
  const [preview, setPreview] = useState<GuardPreview>();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState<'save' | 'preview'>();
  const isReadOnly = core.application.capabilities[PLUGIN_ID]?.[UI_CAPABILITY.settings] !== true;
  const isValid = decode(hostGuardsCodec, guards).ok;
  const { protectedHosts } = guards;

  const setPatterns = (next: readonly ProtectedHost[]) => {
    setPreview(undefined);
    setGuards({ ...guards, protectedHosts: next });
  };
  const during = async (what: 'save' | 'preview', work: () => Promise<void>) => {
    setBusy(what);
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      if (isOutdatedError(error)) await queryClient.invalidateQueries(KEY);
      else setProblem(describeError(error));
    } finally {
      setBusy(undefined);
    }
  };
  const save = () =>
    during('save', async () => {
      const saved = await api.saveGuards({ settings: guards, etag: base.etag });
      noteSaved(saved);
      queryClient.setQueryData(KEY, saved);
      // Whether a comment is needed is told together with the connectors.
      void queryClient.invalidateQueries(['sentineloneResponse.connection']);
      core.notifications.toasts.addSuccess(
        i18n.translate('sentineloneResponse.guards.saved', { defaultMessage: 'Settings saved' })
      );
    });
  return (
    <>
      {isReadOnly ? (
        <Words>
          {i18n.translate('sentineloneResponse.guards.readOnly', {
            defaultMessage:
              'You may look at these settings, not change them: that needs the privilege "Settings" of SentinelOne Response.',
          })}
        </Words>
      ) : null}
      {protectedHosts.map((host, at) => (
        // Patterns have no identity but their place.
        <PatternRow
          key={at}
          host={host}
          at={at}
          isReadOnly={isReadOnly}
          match={preview?.patterns[at]}
          onChange={(next) =>
            setPatterns(
              protectedHosts.flatMap((one, n) =>
                n !== at ? [one] : next === undefined ? [] : [next]
              )
            )
          }
        />
      ))}
      <EuiSpacer size="s" />
      <EuiFlexGroup gutterSize="s" wrap responsive={false}>
        <EuiFlexItem grow={false}>
          <EuiButton
            size="s"
            iconType="plusInCircle"
            isDisabled={isReadOnly || protectedHosts.length >= LIMITS.protectedHosts}
            onClick={() => setPatterns([...protectedHosts, { field: 'name', pattern: '' }])}
          >
            {i18n.translate('sentineloneResponse.guards.add', { defaultMessage: 'Add pattern' })}
          </EuiButton>
        </EuiFlexItem>
        <EuiFlexItem grow={false}>
          <EuiButton
            size="s"
            isDisabled={protectedHosts.length === 0 || !isValid}
            isLoading={busy === 'preview'}
            onClick={() =>
              void during('preview', async () =>
                setPreview(await api.previewGuards(protectedHosts))
              )
            }
          >
            {i18n.translate('sentineloneResponse.guards.preview', {
              defaultMessage: 'Show which hosts match',
            })}
          </EuiButton>
        </EuiFlexItem>
      </EuiFlexGroup>
      <div role="status" aria-live="polite">
        {preview === undefined ? null : (
          <Words>
            {i18n.translate('sentineloneResponse.guards.previewed', {
              defaultMessage:
                '{count, plural, one {# host is} other {# hosts are}} protected, of {lookedAt, number} that were looked at.',
              values: { count: preview.protectedAgents, lookedAt: preview.lookedAt },
            })}
          </Words>
        )}
      </div>
      <EuiSpacer size="m" />
      <EuiSwitch
        checked={guards.commentRequired}
        disabled={isReadOnly}
        label={i18n.translate('sentineloneResponse.guards.commentRequired', {
          defaultMessage: 'Every action needs a comment',
        })}
        onChange={({ target }) => setGuards({ ...guards, commentRequired: target.checked })}
      />
      <EuiSpacer size="m" />
      <EuiFormRow
        label={i18n.translate('sentineloneResponse.guards.maxHosts', {
          defaultMessage: 'Most hosts in one action',
        })}
        isInvalid={!isValid && protectedHosts.every((host) => decode(protectedHostCodec, host).ok)}
        error={i18n.translate('sentineloneResponse.guards.maxHostsError', {
          defaultMessage: 'A whole number from 1 to {most, number}',
          values: { most: LIMITS.hostsPerAction },
        })}
      >
        <EuiFieldNumber
          value={Number.isNaN(guards.maxHosts) ? '' : guards.maxHosts}
          min={1}
          max={LIMITS.hostsPerAction}
          disabled={isReadOnly}
          onChange={({ target }) =>
            setGuards({
              ...guards,
              maxHosts: target.value === '' ? Number.NaN : Number(target.value),
            })
          }
        />
      </EuiFormRow>
      <EuiSpacer size="m" />
      <NotSaved
        isOutdated={isOutdated}
        onLoad={() => {
          setPreview(undefined);
          drop();
        }}
        problem={problem}
        title={i18n.translate('sentineloneResponse.guards.failed', {
          defaultMessage: 'The settings could not be saved or shown',
        })}
      />
      <EuiButton
        fill
        isDisabled={isReadOnly || !isValid || isOutdated}
        isLoading={busy === 'save'}
        onClick={() => void save()}
      >
        {i18n.translate('sentineloneResponse.guards.save', { defaultMessage: 'Save settings' })}
      </EuiButton>
    </>
  );
};

/** What guards hosts in this space: patterns with a preview, comments, hosts per action. */
export const GuardsForm: FC<{ readonly api: SetupApi }> = ({ api }) => {
  const asked = askedOf(useQuery<Stored>({ queryKey: KEY, queryFn: () => api.guards() }), MAY_VIEW);
  return (
    <section aria-labelledby="sentineloneResponseGuards">
      <EuiSpacer size="l" />
      <EuiTitle size="s">
        <h2 id="sentineloneResponseGuards">
          {i18n.translate('sentineloneResponse.guards.title', { defaultMessage: 'Settings' })}
        </h2>
      </EuiTitle>
      <EuiSpacer size="s" />
      <EuiText size="s">
        <p>
          {i18n.translate('sentineloneResponse.guards.what', {
            defaultMessage:
              'Hosts that match a pattern are not isolated from this space of Kibana, and never by a rule or an API key; they can always be released. * stands for any letters, ? for one; for IP addresses also ranges such as 10.0.0.0/8, held against every address of the host.',
          })}
        </p>
        <p>
          {i18n.translate('sentineloneResponse.guards.override', {
            defaultMessage:
              'Who may isolate a protected host all the same: people whose role has the Kibana privilege "{privilege}". They must give a second reason, and both go on record. No other privilege includes it, "All" neither; without a licence for sub-features only superusers have it.',
            values: { privilege: overridePrivilegePath() },
          })}
        </p>
      </EuiText>
      <EuiSpacer size="m" />
      <Answer asked={asked}>{(stored) => <Form stored={stored} api={api} />}</Answer>
    </section>
  );
};
