import { CONNECTOR_TYPE_ID } from '../../../common/lib/constants';

/** How long (ms) the menu of types is waited for. */
const PATIENCE = 10_000;

/**
 * Kibana's flyout begins with a menu of all types of connectors and cannot be told which is meant (8.12: it
 * takes a feature and no type). So ours is chosen in the menu as a person would, once; where it is not
 * found nothing happens, and the person chooses. Returns what ends the waiting.
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
