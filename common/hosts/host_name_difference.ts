import { isSameHostName } from './host_name';
import { escapeOf, visibleName } from '../lib/visible_text';

/** Shows two host names so that a reader sees the difference. */

/**
 * Letters of other scripts, and hyphens, that look like ASCII characters (Unicode Technical Standard 39,
 * confusables; the common ones). NFKC covers full-width and mathematical letters.
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

/** The ASCII character that a character looks like; else the character itself. */
const appearanceOf = (character: string): string => {
  const known = LOOKS_LIKE.get(character);
  if (known !== undefined) return known;
  const plain = character.normalize('NFKC');
  return plain === character ? character : [...plain].map(appearanceOf).join('');
};
/** HTML collapses consecutive blanks. */
const appearance = (name: string): string =>
  [...visibleName(name).normalize('NFC')].map(appearanceOf).join('').replace(/ +/g, ' ');

/** The name with the code point of each character that looks like another one. */
const withCodePoints = (name: string): string =>
  [...name.normalize('NFC')]
    .map((one, at, all) => {
      const isSecondBlank = one === ' ' && all[at - 1] === ' ';
      return appearanceOf(one) !== one || isSecondBlank ? escapeOf(one) : visibleName(one);
    })
    .join('');

/**
 * Two different names as texts that a reader can distinguish: invisible characters as escapes, and letters of other
 * scripts too where the names would look alike.
 */
export function tellApart(one: string, other: string): readonly [string, string] {
  const looksAlike = isSameHostName(appearance(one), appearance(other));
  return looksAlike && !isSameHostName(one, other)
    ? [withCodePoints(one), withCodePoints(other)]
    : [visibleName(one), visibleName(other)];
}
