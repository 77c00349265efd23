import { type FC, type MouseEvent } from 'react';
import { EuiLink } from '@elastic/eui';
import { useServices } from '../services';
import { knownTitle } from './use_case_choice';

/** Elastic Security's app in Kibana 8.12, which shows cases. */
const SECURITY_APP = 'securitySolutionUI';

/** A link to a case, by its title where that is known. */
export const CaseLink: FC<{ readonly caseId: string; readonly title?: string }> = ({
  caseId,
  title,
}) => {
  const { core, queryClient } = useServices();
  const { application } = core;
  const path = `/cases/${encodeURIComponent(caseId)}`;
  return (
    <EuiLink
      href={application.getUrlForApp(SECURITY_APP, { path })}
      onClick={(event: MouseEvent) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        void application.navigateToApp(SECURITY_APP, { path });
      }}
    >
      {title ?? knownTitle(queryClient, caseId) ?? caseId}
    </EuiLink>
  );
};

/** The cases that an action was taken for. */
export const CaseLinks: FC<{ readonly caseIds: readonly string[] }> = ({ caseIds }) => (
  <ul css={{ overflowWrap: 'anywhere' }}>
    {caseIds.map((caseId) => (
      <li key={caseId}>
        <CaseLink caseId={caseId} />
      </li>
    ))}
  </ul>
);
