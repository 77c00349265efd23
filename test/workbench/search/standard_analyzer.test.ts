import { standardWords } from './standard_analyzer';

/** What Elasticsearch 8.12.2 answers to `POST _analyze` with the standard analyzer. */
it.each<[string, readonly string[]]>([
  ['srv-win1.corp.local', ['srv', 'win1', 'corp.local']],
  ['web01.example.com', ['web01', 'example.com']],
  ['j.smith2.admin', ['j.smith2', 'admin']],
  ['DOMAIN\\a.user@corp1.example.com', ['domain', 'a.user', 'corp1', 'example.com']],
  ["ticket:INC don't", ['ticket:inc', "don't"]],
  [
    'a1.2b 1.2 1,2 a,b 12:30 a..b c.1',
    ['a1.2b', '1.2', '1,2', 'a', 'b', '12', '30', 'a', 'b', 'c', '1'],
  ],
  ['x_1.y 2.x _ __a a_1.2_b', ['x_1', 'y', '2', 'x', '__a', 'a_1.2_b']],
  ['rock’n’roll x·y 1·2', ['rock’n’roll', 'x·y', '1', '2']],
  [
    '日本語 ab日 カタカナ カ_タ ア1',
    ['日', '本', '語', 'ab', '日', 'カタカナ', 'カ_タ', 'ア', '1'],
  ],
  ['กa ก.ข 한국어 한.국 हिन्दी', ['ก', 'a', 'ก', 'ข', '한국어', '한.국', 'हिन्दी']],
  ['e\u0301. a\u00adb a\u200bb', ['e\u0301', 'a\u00adb', 'a', 'b']],
  ['Ⅷ ½ ² İ ΣΑΣ', ['ⅷ', 'i', 'σασ']],
  ['👍 👍🏽 --- !', ['👍', '👍🏽']],
])('splits %j into words', (text, words) => {
  expect(standardWords(text)).toEqual(words);
});

it('splits words that are too long', () => {
  expect(standardWords('X'.repeat(300))).toEqual(['x'.repeat(255), 'x'.repeat(45)]);
});
