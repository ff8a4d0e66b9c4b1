// Prints src/search/stop-lists.ts from the package stopwords-iso: node scripts/stop-lists.mjs > src/search/stop-lists.ts
// English is left out: its list there has "system", "page" and "world", which people look for.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const LANGUAGES =
  'ar bg ca cs da de el es et fa fi fr he hi hr hu id it ja ko lt lv nl no pl pt ro ru sk sl sv th tr uk vi zh';

function stopListsModule() {
  const file = fileURLToPath(import.meta.resolve('stopwords-iso'));
  const all = JSON.parse(readFileSync(file, 'utf8'));
  const lines = LANGUAGES.split(' ').map((language) => {
    const words = all[language]
      .map((word) => word.normalize('NFKC').toLowerCase().replaceAll('’', "'"))
      .filter((word) => /^\p{L}[\p{L}\p{M}'-]*$/u.test(word));
    return `  ${language}: ${JSON.stringify([...new Set(words)].join(' ')).replaceAll("\\'", "'")},\n`;
  });
  return `// Made by scripts/stop-lists.mjs from stopwords-iso (MIT, Copyright 2016 Gene Diaz). One string a language, split
// when it is asked for: a string costs next to nothing at import, twelve thousand array elements do.
// oxfmt-ignore
export const STOP_LISTS: Readonly<Record<string, string>> = {
${lines.join('')}};
`;
}

process.stdout.write(stopListsModule());
