import lists from 'stopwords-iso/stopwords-iso.json' with { type: 'json' };
import { expect, test } from 'vitest';

// English is left out: its list has "system", "page" and "world", which people look for
const LANGUAGES =
  'ar bg ca cs da de el es et fa fi fr he hi hr hu id it ja ko lt lv nl no pl pt ro ru sk sl sv th tr uk vi zh';

function stopListsModule(): string {
  const all: Readonly<Record<string, readonly string[]>> = lists;
  const lines = LANGUAGES.split(' ').map((language) => {
    const words = (all[language] ?? [])
      .map((word) => word.normalize('NFKC').toLowerCase().replaceAll('’', "'"))
      .filter((word) => /^\p{L}[\p{L}\p{M}'-]*$/u.test(word));
    return `  ${language}: ${JSON.stringify([...new Set(words)].join(' '))},\n`;
  });
  return `// Made from stopwords-iso (MIT, Copyright 2016 Gene Diaz) by test/stop-lists.test.ts; run that with -u to make it again.
// One string a language, split when it is asked for: a string costs next to nothing at import.
// oxfmt-ignore
export const STOP_LISTS: Readonly<Record<string, string>> = {
${lines.join('')}};
`;
}

test('the stop lists are those of stopwords-iso', async () => {
  await expect(stopListsModule()).toMatchFileSnapshot('../src/search/stop-lists.ts');
});
