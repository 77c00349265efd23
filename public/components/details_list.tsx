import type { FC, PropsWithChildren, ReactNode } from 'react';
import { EuiDescriptionList, EuiPanel, EuiSpacer, EuiTitle } from '@elastic/eui';

export interface ShownField {
  readonly title: string;
  readonly description: NonNullable<ReactNode>;
}

/** A titled list of names and values; renders nothing if it is empty. */
export const DetailsList: FC<
  PropsWithChildren<{
    readonly title: string;
    readonly facts: readonly ShownField[];
    /** The element at the right of the title. */
    readonly aside?: ReactNode;
  }>
> = ({ title, facts, aside, children }) =>
  facts.length === 0 && children === undefined ? null : (
    <EuiPanel hasBorder hasShadow={false} paddingSize="m" role="region" aria-label={title}>
      <div css={{ display: 'flex', justifyContent: 'space-between', alignItems: 'center' }}>
        <EuiTitle size="xs">
          <h3>{title}</h3>
        </EuiTitle>
        {aside}
      </div>
      <EuiSpacer size="s" />
      {children}
      {facts.length === 0 ? null : (
        <EuiDescriptionList
          type="column"
          compressed
          columnWidths={[1, 2]}
          listItems={[...facts]}
          css={{ overflowWrap: 'anywhere' }}
        />
      )}
    </EuiPanel>
  );
