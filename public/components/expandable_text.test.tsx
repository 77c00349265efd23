import { screen } from '@testing-library/react';
import { button } from '../../test/helpers/ui/queries';
import { createUi, setUpUi } from '../../test/helpers/ui/render_ui';
import { ExpandableText } from './expandable_text';

setUpUi();

/** The layout that jsdom does not have: the height of all lines of the text, and of those that are shown. */
const layOut = (all: number, shown: number) => {
  jest.spyOn(HTMLElement.prototype, 'scrollHeight', 'get').mockReturnValue(all);
  jest.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(shown);
};
afterEach(() => jest.restoreAllMocks());

it('has no button when all lines fit', () => {
  layOut(60, 60);
  createUi().show(<ExpandableText text="Short" />);
  expect(screen.getByText('Short')).toBeVisible();
  expect(screen.queryByRole('button')).toBeNull();
});

it('shows more and less of a text that is cut, for the keyboard too', async () => {
  layOut(200, 60);
  const { user, show } = createUi();
  show(<ExpandableText text="Long" />);
  expect(button('Show more')).toHaveAttribute('aria-expanded', 'false');
  await user.tab();
  await user.keyboard('{Enter}');
  expect(button('Show less')).toHaveAttribute('aria-expanded', 'true');
  expect(button('Show less')).toHaveFocus();
  await user.keyboard('{Enter}');
  expect(button('Show more')).toHaveFocus();
});
