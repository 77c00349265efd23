import { EuiIcon, EuiLoadingSpinner, type IconType } from '@elastic/eui';
import { Suspense, type FC } from 'react';
import type { AnyActionTypeModel } from '@kbn/triggers-actions-ui-plugin/public';

/** A connector type's picture: the name of one of EUI's, or a component that may come later. */
export const TypeIcon: FC<{ readonly model: AnyActionTypeModel; readonly size: 'm' | 'xl' }> = ({
  model,
  size,
}) => (
  <Suspense fallback={<EuiLoadingSpinner size={size} />}>
    <EuiIcon type={model.iconClass as IconType} size={size} />
  </Suspense>
);
