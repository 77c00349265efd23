/**
 * Elasticsearch's standard analyzer: words by Unicode's rules (UAX #29, 4.1, as Lucene's `StandardTokenizer`
 * has them) in lower case. Only what is between two letters, or between two digits, may join them.
 */

const MARKS = '(?:(?!\\u200b)[\\p{M}\\p{Cf}\\p{Emoji_Modifier}])*';
const IDEOGRAPH = '[\\p{Ideographic}\\p{sc=Hiragana}]';
const KATAKANA = '[\\p{sc=Katakana}\\u3031-\\u3035\\u309b\\u309c\\u30a0\\u30fc]';
const WITHOUT_BLANKS = '[\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}]';

const letter = `(?!${IDEOGRAPH}|${KATAKANA}|${WITHOUT_BLANKS})\\p{Alphabetic}${MARKS}`;
const digit = `\\p{Nd}${MARKS}`;
const underscore = `\\p{Pc}${MARKS}`;
const betweenAny = "'.\\u2018\\u2019\\u2024\\ufe52\\uff07\\uff0e";
const betweenLetters = `[${betweenAny}:\\u00b7\\u0387\\u055f\\u2027\\ufe13\\ufe55\\uff1a]${MARKS}`;
const betweenDigits = `[${betweenAny},;\\u037e\\u0589\\u060c\\u060d\\u066c\\u07f8\\u2044\\ufe10\\ufe14\\ufe50\\ufe54\\uff0c\\uff1b]${MARKS}`;

const number = `${digit}(?:(?:${betweenDigits})?${digit})*`;
const letters = `${letter}(?:(?:${betweenLetters})?${letter})*`;
const katakana = `(?:${KATAKANA}${MARKS})+`;
const stretch = `(?:${katakana}|(?:${number}|${letters})+)`;

const WORD = new RegExp(
  [
    `(?:${underscore})*${stretch}(?:(?:${underscore})+${stretch})*(?:${underscore})*`,
    `(?:${WITHOUT_BLANKS}${MARKS})+`,
    `${IDEOGRAPH}${MARKS}`,
    `\\p{Extended_Pictographic}${MARKS}`,
  ].join('|'),
  'gu'
);

/** Longer words are cut. */
const LONGEST = 255;

/** Like Java: letter by letter, whatever stands beside it. */
const inLowerCase = (word: string): string =>
  [...word].map((one) => [...one.toLowerCase()][0]!).join('');

/** The words of a text, as a text field is indexed by them and a query's text is read. */
export function standardWords(text: string): string[] {
  const words = text.match(WORD) ?? [];
  return words.flatMap((word) => {
    const cut: string[] = [];
    for (let from = 0; from < word.length; from += LONGEST) {
      cut.push(inLowerCase(word.slice(from, from + LONGEST)));
    }
    return cut;
  });
}
