import lists from 'stopwords-iso/stopwords-iso.json' with { type: 'json' };
import { expect, test } from 'vitest';

// English is left out: its list has "system", "page" and "world", which people look for
const LANGUAGES =
  'ar bg ca cs da de el es et fa fi fr he hi hr hu id it ja ko lt lv nl no pl pt ro ru sk sl sv th tr uk vi zh';

// a comment that bundlers keep
const LICENCE = `/*! The words of stopwords-iso (https://github.com/stopwords-iso/stopwords-iso), under the MIT License:

Copyright (c) 2016 Gene Diaz

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE. */`;

function stopListsModule(): string {
  const all: Readonly<Record<string, readonly string[]>> = lists;
  const lines = LANGUAGES.split(' ').map((language) => {
    const words = (all[language] ?? [])
      .map((word) => word.normalize('NFKC').toLowerCase().replaceAll('’', "'"))
      .filter((word) => /^\p{L}[\p{L}\p{M}'-]*$/u.test(word));
    return `  ${language}: ${JSON.stringify([...new Set(words)].join(' '))},\n`;
  });
  return `${LICENCE}
// Made by test/stop-lists.test.ts; run that with -u to make it again. One string a language, split when it is asked for:
// a string costs next to nothing at import.
// oxfmt-ignore
export const STOP_LISTS: Readonly<Record<string, string>> = {
${lines.join('')}};
`;
}

test('the stop lists are those of stopwords-iso', async () => {
  await expect(stopListsModule()).toMatchFileSnapshot('../src/search/stop-lists.ts');
});
