import { useEffect, useRef, type FC } from 'react';
import { i18n } from '@kbn/i18n';
import type { RecordedAction } from '../../common/actions/record';
import { nameInText } from '../components/shown_name';
import { useServices } from '../lib/services';
import { useRequests } from '../lib/use_requests';
import { requestedHostsText } from './request_texts';

/** Tells the user how their requests ended, while a page of the app is open. */
export const DecisionToasts: FC = () => {
  const { api, core } = useServices();
  const { page } = useRequests();
  const awaiting = useRef<readonly string[]>([]);
  const { toasts } = core.notifications;

  useEffect(() => {
    if (page === undefined) return;
    const own = page.requests.filter(({ isOwn }) => isOwn).map(({ actionId }) => actionId);
    const gone = awaiting.current.filter((actionId) => !own.includes(actionId));
    awaiting.current = own;
    for (const actionId of gone) {
      // If it cannot be read, the history still shows it.
      api.action(actionId).then(
        (record) => showDecision(toasts, record),
        () => undefined
      );
    }
  }, [page, api, toasts]);
  return null;
};

type Toasts = ReturnType<typeof useServices>['core']['notifications']['toasts'];

function showDecision(toasts: Toasts, record: RecordedAction): void {
  const { decision } = record.approval ?? {};
  if (decision === undefined || decision.kind === 'withdrawn') return;
  const values = {
    user: nameInText(decision.by?.username ?? ''),
    hosts: requestedHostsText({ ...record, group: 0, groups: 1, sortKey: 0 }),
  };
  const { comment: text } = decision;
  switch (decision.kind) {
    case 'approved':
      return void toasts.addSuccess({
        title: i18n.translate('sentineloneResponse.approval.toast.approved', {
          defaultMessage: '{user} approved your request for {hosts}',
          values,
        }),
        text,
      });
    case 'declined':
      return void toasts.addWarning({
        title: i18n.translate('sentineloneResponse.approval.toast.declined', {
          defaultMessage: '{user} declined your request for {hosts}',
          values,
        }),
        text,
      });
    case 'expired':
      return void toasts.addWarning({
        title: i18n.translate('sentineloneResponse.approval.toast.expired', {
          defaultMessage: 'Your request for {hosts} expired',
          values,
        }),
      });
  }
}
