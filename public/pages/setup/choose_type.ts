import { CONNECTOR_TYPE_ID } from '../../../common/lib/constants';

/** How long (ms) the menu of types is waited for. */
const PATIENCE = 10_000;

/**
 * Kibana's flyout begins with a menu of all connector types, and has no parameter for the type (8.12: only for a
 * feature). So this clicks our type in the menu once; if it is not found, the user chooses. Returns a function that
 * stops waiting.
 */
export function chooseOurType(page: HTMLElement = document.body): () => void {
  const choose = () => {
    const card = page.querySelector<HTMLElement>(
      `[data-test-subj="create-connector-flyout"] [data-test-subj="${CONNECTOR_TYPE_ID}-card"]`
    );
    if (card === null) return;
    end();
    card.click();
  };
  const observer = new MutationObserver(choose);
  const timer = window.setTimeout(() => end(), PATIENCE);
  const end = () => {
    observer.disconnect();
    window.clearTimeout(timer);
  };
  observer.observe(page, { childList: true, subtree: true });
  choose();
  return end;
}
