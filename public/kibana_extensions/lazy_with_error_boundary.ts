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

/** Renders nothing once something in it has failed, which is when it has a state; the page around it goes on. */
class Guard extends Component<{ readonly children?: ReactNode }> {
  static getDerivedStateFromError(error: unknown) {
    logFailure(error);
    return {};
  }
  override render() {
    return this.state ? null : this.props.children;
  }
}

const Nothing: FC = () => null;

/**
 * A component for a page of Kibana that is loaded when it is shown first. What fails in it, or on the
 * way to it, leaves nothing instead; `onNotLoaded` hears of the way.
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
    // Whatever it is, it takes `Props`: what lazy() makes of a generic component, TypeScript cannot tell.
  ) as unknown as ComponentType<Props>;
  return (props) =>
    createElement(
      Guard,
      null,
      createElement(Suspense, { fallback: null }, createElement(Loaded, props))
    );
}
