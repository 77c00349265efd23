import { isSameHostName } from './host_name';
import { escapeOf, visibleName } from '../lib/visible_text';

/** How two names of hosts are shown, so that a reader sees in what they differ. */

/**
 * Letters of other scripts, and hyphens, that look like these of ASCII (Unicode Technical Standard 39,
 * confusables; the common ones). Full-width and mathematical letters are known to NFKC.
 */
const LOOKS_LIKE: ReadonlyMap<string, string> = new Map(
  [
    ['a', 'аɑα'],
    ['b', 'Ь'],
    ['c', 'сϲ'],
    ['d', 'ԁ'],
    ['e', 'еҽ'],
    ['g', 'ɡ'],
    ['h', 'һհ'],
    ['i', 'іıι'],
    ['j', 'јϳ'],
    ['k', 'к'],
    ['l', 'ӏ'],
    ['n', 'ո'],
    ['o', 'оοօ'],
    ['p', 'рρ'],
    ['q', 'ԛ'],
    ['s', 'ѕ'],
    ['u', 'սυ'],
    ['v', 'ѵν'],
    ['w', 'ԝ'],
    ['x', 'хχ'],
    ['y', 'уγү'],
    ['A', 'АΑ'],
    ['B', 'ВΒ'],
    ['C', 'СϹ'],
    ['E', 'ЕΕ'],
    ['H', 'НΗ'],
    ['I', 'ІΙӀ'],
    ['J', 'Ј'],
    ['K', 'КΚ'],
    ['M', 'МΜ'],
    ['N', 'Ν'],
    ['O', 'ОΟՕ'],
    ['P', 'РΡ'],
    ['S', 'Ѕ'],
    ['T', 'ТΤ'],
    ['X', 'ХΧ'],
    ['Y', 'УΥҮ'],
    ['Z', 'Ζ'],
    ['-', '‐‑‒–—−'],
  ].flatMap(([ascii, others]) => [...others!].map((other): [string, string] => [other, ascii!]))
);

/** What a character looks like; itself where it looks like nothing else. */
const appearanceOf = (character: string): string => {
  const known = LOOKS_LIKE.get(character);
  if (known !== undefined) return known;
  const plain = character.normalize('NFKC');
  return plain === character ? character : [...plain].map(appearanceOf).join('');
};
/** A page shows several blanks as one. */
const appearance = (name: string): string =>
  [...visibleName(name).normalize('NFC')].map(appearanceOf).join('').replace(/ +/g, ' ');

/** Each character that may be taken for another one as its code point. */
const withCodePoints = (name: string): string =>
  [...name.normalize('NFC')]
    .map((one, at, all) => {
      const isSecondBlank = one === ' ' && all[at - 1] === ' ';
      return appearanceOf(one) !== one || isSecondBlank ? escapeOf(one) : visibleName(one);
    })
    .join('');

/**
 * Two names that are not the same, so that a reader sees the difference: characters that are not seen are
 * escapes, and so are letters of another script where the names look alike otherwise.
 */
export function tellApart(one: string, other: string): readonly [string, string] {
  const looksAlike = isSameHostName(appearance(one), appearance(other));
  return looksAlike && !isSameHostName(one, other)
    ? [withCodePoints(one), withCodePoints(other)]
    : [visibleName(one), visibleName(other)];
}
