import { act, render } from '@testing-library/react';
import { useState } from 'react';
import { useChoices, type Choices } from './use_bulk_hosts';

it('notices a host that becomes unavailable in a rendering in which no state has changed', () => {
  let unavailable: readonly string[] = [];
  let choices!: Choices;
  let setCount!: (count: number) => void;
  const Hosts = () => {
    const [count, set] = useState(0);
    setCount = set;
    choices = useChoices(unavailable, []);
    return <p>{count}</p>;
  };
  render(<Hosts />);
  act(() => choices.choose(['web-1', 'web-2'], true));
  act(() => setCount(1));
  unavailable = ['web-1'];
  // React renders for the same count once more, and keeps what is shown.
  act(() => setCount(1));
  act(() => setCount(2));
  unavailable = [];
  act(() => setCount(3));
  expect(['web-1', 'web-2'].map((key) => choices.choiceOf(key))).toEqual([undefined, true]);
  expect(['web-1', 'web-2'].map((key) => choices.isExcluded(key))).toEqual([true, false]);
});
