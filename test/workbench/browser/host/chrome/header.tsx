import {
  EuiBadge,
  EuiHeader,
  EuiHeaderBreadcrumbs,
  EuiHeaderLink,
  EuiHeaderLinks,
  EuiHeaderSection,
  EuiHeaderSectionItem,
  EuiLink,
  EuiToolTip,
} from '@elastic/eui';
import type { FC, MouseEvent } from 'react';
import type { ApplicationStart, ChromeBreadcrumb } from '@kbn/core/public';
import { CONNECTORS_PATH, MANAGEMENT_APP } from '../connectors/management_app';
import type { ApplicationService } from '../core/application';
import type { ChromeService } from '../core/chrome';
import { useObservable } from './use_observable';

interface HeaderProps {
  readonly application: ApplicationService;
  readonly chrome: ChromeService;
}

/** Follows a link without loading the page again, unless it is meant for another tab. */
const follow =
  ({ navigateToUrl }: ApplicationStart, url: string) =>
  (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    void navigateToUrl(url);
  };

function breadcrumbsOf(crumbs: readonly ChromeBreadcrumb[], start: ApplicationStart) {
  return crumbs.map(({ text, href, onClick, 'data-test-subj': subject }) => ({
    text,
    href,
    onClick: onClick ?? (href === undefined ? undefined : follow(start, href)),
    'data-test-subj': subject,
  }));
}

/** Kibana's header with breadcrumbs and navigation. */
export const Header: FC<HeaderProps> = ({ application, chrome }) => {
  const { start } = application;
  const crumbs = useObservable(chrome.breadcrumbs$, []);
  const badge = useObservable(chrome.badge$, undefined);
  const help = useObservable(chrome.help$, undefined);
  const current = useObservable(start.currentAppId$, undefined);
  const links = application
    .apps()
    .map(({ id, title }) =>
      id === MANAGEMENT_APP
        ? { id, title: 'Connectors', url: start.getUrlForApp(id, { path: CONNECTORS_PATH }) }
        : { id, title, url: start.getUrlForApp(id) }
    );
  return (
    <EuiHeader position="fixed">
      <EuiHeaderSection grow>
        <EuiHeaderBreadcrumbs aria-label="Breadcrumbs" breadcrumbs={breadcrumbsOf(crumbs, start)} />
        {badge === undefined ? null : (
          <EuiHeaderSectionItem>
            <EuiToolTip content={badge.tooltip}>
              <EuiBadge iconType={badge.iconType}>{badge.text}</EuiBadge>
            </EuiToolTip>
          </EuiHeaderSectionItem>
        )}
      </EuiHeaderSection>
      <EuiHeaderSection side="right" grow={false}>
        {help?.links?.map(({ href, linkType }) => (
          <EuiHeaderSectionItem key={href}>
            <EuiLink href={href} target="_blank">
              {`${help.appName} ${linkType}`}
            </EuiLink>
          </EuiHeaderSectionItem>
        ))}
        <EuiHeaderSectionItem>
          <EuiHeaderLinks aria-label="Apps" popoverBreakpoints={['xs', 's']}>
            {links.map(({ id, title, url }) => (
              <EuiHeaderLink
                key={id}
                href={url}
                isActive={id === current}
                onClick={follow(start, url)}
              >
                {title}
              </EuiHeaderLink>
            ))}
          </EuiHeaderLinks>
        </EuiHeaderSectionItem>
      </EuiHeaderSection>
    </EuiHeader>
  );
};
