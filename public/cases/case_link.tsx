import { type FC } from 'react';
import { EuiLink } from '@elastic/eui';
import { useKibanaLink } from '../lib/kibana_link';
import { useServices } from '../lib/services';
import { knownTitle } from './use_case_choice';

/** Elastic Security's app in Kibana 8.12, which shows cases. */
const SECURITY_APP = 'securitySolutionUI';

/** A link to a case, by its title where that is known. */
export const CaseLink: FC<{ readonly caseId: string; readonly title?: string }> = ({
  caseId,
  title,
}) => {
  const { queryClient } = useServices();
  const link = useKibanaLink(SECURITY_APP, `/cases/${encodeURIComponent(caseId)}`);
  return <EuiLink {...link}>{title ?? knownTitle(queryClient, caseId) ?? caseId}</EuiLink>;
};
