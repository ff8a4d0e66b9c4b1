import { describe, expect, test } from 'vitest';

import { extractiveCompiler } from '../src/index.ts';
import { MemoryWiki, add, inputOf } from './support/memory-wiki.ts';

async function entitiesOf(markdown: string): Promise<string[]> {
  const wiki = new MemoryWiki();
  await add(wiki, extractiveCompiler(), inputOf('doc', markdown));
  return [...wiki.pages.keys()].filter((path) => path.startsWith('entities/'));
}

const FILLER =
  'The committee met in the morning and read the whole report with care before it voted on the plan.';

describe('a name of which a document has nothing to say gets no page', () => {
  test('because it stands in fragments that are no sentences', async () => {
    const form = Array.from({ length: 4 }, () => 'Sarah Johnson Location, the open seat row,').join(
      '\n\n',
    );
    expect(await entitiesOf(`# A form\n\n${FILLER}\n\n${form}\n\n${FILLER}\n`)).toEqual([]);
  });

  test('because it numbers a picture or a table', async () => {
    const text = [1, 2, 3, 4, 5, 6].map(
      (n) =>
        `The growth of the surface layer is shown for this metal in Fig. ${n} and Tab. ${n} below. ${FILLER}`,
    );
    expect(await entitiesOf(`# Metals\n\n${text.join('\n\n')}\n`)).toEqual([]);
  });

  test('though one that a sentence speaks of has one', async () => {
    const text = `Ada Lovelace wrote the first program for a machine that was never built. ${FILLER} Later in life Ada Lovelace studied the mathematics of music and of weaving.`;
    expect(await entitiesOf(`# A life\n\n${text}\n`)).toEqual(['entities/ada-lovelace.md']);
  });
});

test('a German noun that is a first name elsewhere is nobody', async () => {
  const lines = [
    'Jede Fläche hat einen Rand, und der Rand einer Scheibe ist ein Kreis.',
    'Wenn man den Rand entfernt, bleibt eine offene Menge übrig, die keinen Rand mehr hat.',
    'Das Deck einer Fläche wird nicht mit dem Rand verwechselt, denn das Deck liegt darüber.',
    'Auch hier ist das Deck von Bedeutung, und der Rand wird im nächsten Abschnitt beschrieben.',
  ];
  expect(await entitiesOf(`# Flächen\n\n${lines.join(' ')}\n`)).toEqual([]);
});
