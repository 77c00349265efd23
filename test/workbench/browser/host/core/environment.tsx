import { EuiProvider } from '@elastic/eui';
import createCache from '@emotion/cache';
import type { FC, PropsWithChildren, ReactElement, ReactNode } from 'react';
import ReactDom from 'react-dom';
import type { I18nStart } from '@kbn/core/public';
import { I18nProvider } from '@kbn/i18n-react';

/** `core.i18n.Context`. EUI's own words are English already. */
export const I18nContext = (({ children }: { readonly children?: ReactNode }) => (
  <I18nProvider>{children}</I18nProvider>
)) as I18nStart['Context'];

// As Kibana: styles go behind the page's meta element, so that a page's own sheets stay in front.
const cache = createCache({
  key: 'css',
  container:
    document.querySelector<HTMLMetaElement>('meta[name="emotion"]')?.parentElement ?? document.head,
});

/** What Kibana has around everything that it renders itself. */
export interface Environment {
  readonly Wrapper: FC<PropsWithChildren<object>>;
  /** Renders into a new element at the end of the body; returns a function that removes it. */
  renderAside(content: ReactElement): () => void;
}

export function createEnvironment(darkMode: boolean): Environment {
  const colorMode = darkMode ? 'dark' : 'light';
  const Wrapper: Environment['Wrapper'] = ({ children }) => (
    <EuiProvider colorMode={colorMode} cache={cache} globalStyles={false} utilityClasses={false}>
      <I18nContext>{children}</I18nContext>
    </EuiProvider>
  );
  return {
    Wrapper,
    renderAside(content) {
      const element = document.createElement('div');
      document.body.append(element);
      ReactDom.render(<Wrapper>{content}</Wrapper>, element);
      return () => {
        ReactDom.unmountComponentAtNode(element);
        element.remove();
      };
    },
  };
}
