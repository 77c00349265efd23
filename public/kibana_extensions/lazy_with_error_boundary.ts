import {
  Component,
  createElement,
  lazy,
  Suspense,
  type ComponentType,
  type FC,
  type ReactNode,
} from 'react';
import { logFailure } from './failures';

/** Renders nothing after an error in its children. */
export class ErrorBoundary extends Component<
  { readonly children?: ReactNode },
  { readonly hasFailed?: boolean }
> {
  static getDerivedStateFromError(error: unknown) {
    logFailure(error);
    return { hasFailed: true };
  }
  override render() {
    // There is no state before an error.
    return this.state?.hasFailed ? null : this.props.children;
  }
}

const Nothing: FC = () => null;

/**
 * A component for a page of Kibana that is loaded when it is shown first. If it cannot be loaded, or fails while it is
 * shown, it renders nothing. `onNotLoaded` is called if it cannot be loaded.
 */
export function lazyWithErrorBoundary<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  onNotLoaded = logFailure
): FC<Props> {
  const Loaded = lazy(
    () =>
      load().then(
        (component) => ({ default: component }),
        (error: unknown) => {
          onNotLoaded(error);
          return { default: Nothing as ComponentType<Props> };
        }
      )
    // TypeScript cannot infer that the result of lazy() has the properties of a generic component.
  ) as unknown as ComponentType<Props>;
  return (props) =>
    createElement(
      ErrorBoundary,
      null,
      createElement(Suspense, { fallback: null }, createElement(Loaded, props))
    );
}
