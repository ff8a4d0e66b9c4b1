import { readFrontMatter } from '@openkb/wiki';
import { describe, expect, test } from 'vitest';

import { inputOf, MemoryWiki } from '../support/memory-wiki.ts';
import { bodyOf, compile, page, plan, scripted } from '../support/scripted.ts';
import { BASE, CACHE, NOTE, REPLIES } from '../support/small-wiki.ts';

const PATH = 'concepts/cache.md';
const SECOND = inputOf('second', '# Second note\n\nA cache may be cold.');

/** The page of `NOTE` after a person has been at it, and then written again for `SECOND`. */
async function rewritten(edit: (text: string) => string, reply: string) {
  const wiki = new MemoryWiki();
  await compile(wiki, scripted(REPLIES).compiler, NOTE);
  wiki.pages.set(PATH, edit(wiki.pages.get(PATH)!));
  const replies = {
    ...BASE,
    plan: plan({ update: [{ page: 'concepts/cache' }] }),
    [`page concepts/cache`]: page(reply, 'A store of copies, hot or cold.'),
  };
  const { compiler, model } = scripted(replies);
  await compile(wiki, compiler, SECOND);
  return {
    wiki,
    text: wiki.pages.get(PATH)!,
    prompt: model.calls.find(({ key }) => key.startsWith('page'))!.prompt,
  };
}

const NEW =
  'A cache is a store that keeps copies of data near the programs that read them.\n\nIt may be cold.\n\n## Limits\n\nIt may hold what is no longer true, or nothing.';

const addMine = (old: string) => old.replace('longer true.', 'longer true.\n\nMine, at the end.');

describe('what a person wrote into a page survives its rewriting', () => {
  test('a section under a heading of theirs, with all below it, behind the section that it followed', async () => {
    const theirs =
      '## My view\n\nI do not trust caches.\n\n### Because\n\n- of *reasons*\n\n```\n## no heading\n```';
    const { text, prompt } = await rewritten(
      (old) => old.replace('## Limits', `${theirs}\n\n## Limits`),
      NEW,
    );
    expect(bodyOf(text)).toBe(
      `\n# Cache\n\nA cache is a store that keeps copies of data near the programs that read them.\n\nIt may be cold.\n\n${theirs}\n\n## Limits\n\nIt may hold what is no longer true, or nothing.\n\n## Related Documents\n\n- [[summaries/note|Note on caches]]\n- [[summaries/second|Second note]]\n`,
    );
    expect(prompt).toContain(`written by persons`);
    expect(prompt.split('I do not trust caches')).toHaveLength(2);
  });

  test('what stands between keep marks, wherever it is', async () => {
    const theirs =
      '<!-- keep -->\nExactly this, [[concepts/ghost]] and all.\n\n## Even a heading\n<!-- /keep -->';
    const { text } = await rewritten(
      (old) => old.replace('It may hold', `${theirs}\n\nIt may hold`),
      NEW,
    );
    expect(text).toContain(
      `\n## Limits\n\n${theirs}\n\nIt may hold what is no longer true, or nothing.\n`,
    );
  });

  test('a line in a section of the program, behind the line that it followed', async () => {
    const { text } = await rewritten(
      (old) =>
        old.replace(
          'near the programs that read them.\n',
          'near the programs that read them.\nSince 1965, I add.\n',
        ),
      NEW,
    );
    expect(text).toContain('that read them.\nSince 1965, I add.\n\nIt may be cold.');
  });

  test('at the end of its section where the line before it is gone, and at the end of the page where that is gone', async () => {
    expect((await rewritten(addMine, NEW)).text).toContain(
      'or nothing.\n\nMine, at the end.\n\n## Related',
    );
    expect((await rewritten(addMine, NEW.replace('## Limits', '## Bounds'))).text).toContain(
      'or nothing.\n\nMine, at the end.\n\n## Related',
    );
  });

  test('the title, the description and front matter of theirs', async () => {
    const { text } = await rewritten(
      (old) =>
        old
          .replace('# Cache', '# The Cache')
          .replace('"A store of copies."', '"Mine."')
          .replace('type: ', 'tags: ["x"]\ntype: '),
      NEW,
    );
    expect(readFrontMatter(text)).toMatchObject({
      description: 'Mine.',
      tags: ['x'],
      title: 'Cache',
    });
    expect(text).toContain('\n# The Cache\n');
  });

  test('once, though the model repeats it, and again at the next rewriting', async () => {
    const theirs = '## My view\n\nI do not trust caches, and I say so here.';
    const { wiki, text } = await rewritten(
      (old) => old.replace('## Limits', `${theirs}\n\n## Limits`),
      `${NEW}\n\n${theirs}`,
    );
    expect(text.split('My view')).toHaveLength(2);
    const third = inputOf('third', '# Third note\n\nA cache may be warm.');
    const replies = {
      ...BASE,
      plan: plan({ update: [{ page: 'concepts/cache' }] }),
      '*': page(`${NEW} It may be warm.`),
    };
    await compile(wiki, scripted(replies).compiler, third);
    expect(wiki.pages.get(PATH)).toContain(`\n\n${theirs}\n\n`);
  });

  test('into the lists of a summary, and between its paragraphs', async () => {
    const wiki = new MemoryWiki();
    await compile(wiki, scripted(REPLIES).compiler, NOTE);
    const edited = wiki.pages
      .get('summaries/note.md')!
      .replace(
        '- [[concepts/cache|Cache]]',
        '- [[concepts/cache|Cache]]\n- [[entities/ada-lovelace]]\n- [[concepts/ghost]]\n- read this first!',
      )
      .replace('\n## Related', '\nMy remark.\n\n## Related');
    wiki.pages.set('summaries/note.md', edited);
    await compile(wiki, scripted({ ...REPLIES, relink: { text: '' } }).compiler, NOTE);
    expect(bodyOf(wiki.pages.get('summaries/note.md')!)).toBe(
      `\n# Note on caches\n\nThe note explains caches. A cache keeps copies near their readers, and Ada Lovelace never saw one.\n\nMy remark.\n\n## Related Concepts\n\n- [[concepts/cache|Cache]]\n- [[entities/ada-lovelace]]\n- read this first!\n\n## Entities\n\n- [[entities/ada-lovelace|Ada Lovelace]]\n`,
    );
  });
});

describe('a page of the Python program, which has no marks', () => {
  const OLD = `---
sources: [summaries/primer.md]
brief: What a cache is
---

# Cache

A cache is a store of copies, says the primer, and it says so with many words.

## History

The first ones were built by hand.

## Limits

They are small. <!-- keep -->Never trust them.<!-- /keep -->

See also: [[summaries/manual]]
See also: [[summaries/note]]
`;

  async function updated(reply: string) {
    const wiki = new MemoryWiki([
      [PATH, OLD],
      ['summaries/primer.md', '# Primer'],
      ['summaries/manual.md', '# Manual'],
    ]);
    const replies = {
      ...BASE,
      plan: plan({ update: [{ page: 'concepts/cache' }] }),
      '*': page(reply),
    };
    await compile(wiki, scripted(replies).compiler, NOTE);
    return { wiki, text: wiki.pages.get(PATH)! };
  }

  test('keeps every section whose heading the rewritten page leaves out, and every kept part and cross-reference', async () => {
    const { text } = await updated(
      'A cache is a store of copies near their readers.\n\n## Limits\n\nThey are small and cold.',
    );
    expect(bodyOf(text)).toBe(`
# Cache

A cache is a store of copies near their readers.

## Limits

They are small. <!-- keep -->Never trust them.<!-- /keep -->

They are small and cold.

## History

The first ones were built by hand.

See also: [[summaries/manual]]

## Related Documents

- [[summaries/note|Note on caches]]
`);
    expect(readFrontMatter(text)).toMatchObject({
      sources: ['summaries/primer.md', 'summaries/note.md'],
      description: 'A page of the test.',
    });
    expect(text).not.toContain('brief');
  });

  test('a section that was carried over is a person’s from then on', async () => {
    const { wiki } = await updated(
      'A cache is a store of copies near their readers.\n\n## Limits\n\nThey are small and cold.',
    );
    const replies = {
      ...BASE,
      plan: plan({ update: [{ page: 'concepts/cache' }] }),
      '*': page('A cache is a store of copies near their readers, and of others.'),
    };
    await compile(wiki, scripted(replies).compiler, SECOND);
    expect(wiki.pages.get(PATH)).toContain('## History\n\nThe first ones were built by hand.\n');
    expect(wiki.pages.get(PATH)).not.toContain('small and cold');
  });

  test('that a person wrote in place of ours is theirs, whatever the model says', async () => {
    const wiki = new MemoryWiki();
    await compile(wiki, scripted(REPLIES).compiler, NOTE);
    const ours = wiki.pages.get(PATH)!;
    const theirs = '# Cache\n\nI say what a cache is.\n\n## Limits\n\nAnd what it is not.\n';
    wiki.pages.set(
      PATH,
      ours.slice(0, ours.indexOf('# Cache')) +
        theirs +
        ours.slice(ours.indexOf('\n<!-- written-lines')),
    );
    const replies = {
      ...BASE,
      plan: plan({ update: [{ page: 'concepts/cache' }] }),
      '*': page('A cache is a store.\n\n## Limits\n\nNone.'),
    };
    await compile(wiki, scripted(replies).compiler, SECOND);
    expect(wiki.pages.get(PATH)).toContain('I say what a cache is.');
    expect(wiki.pages.get(PATH)).toContain('And what it is not.');
  });
});

test('a page that begins with what the model answered is written the same way every time', async () => {
  const wiki = new MemoryWiki();
  await compile(wiki, scripted(REPLIES).compiler, NOTE);
  const edited = wiki.pages
    .get(PATH)!
    .replace('## Limits', '## Mine\n\nMine.\n\n## Limits\n\nAlso mine.');
  wiki.pages.set(PATH, edited);
  await compile(wiki, scripted({ ...REPLIES, 'page concepts/cache': CACHE }).compiler, NOTE);
  expect(wiki.pages.get(PATH)).toBe(edited);
});

test('a page that a person made by hand stays whole; what the document brings is added', async () => {
  const hand = '# Cache\n\nMy page on caches.\n\n## Links\n\n- https://example.net\n';
  const wiki = new MemoryWiki([[PATH, hand]]);
  const { compiler, model } = scripted(REPLIES);
  await compile(wiki, compiler, NOTE);
  const text = wiki.pages.get(PATH)!;
  expect(bodyOf(text)).toBe(
    `\n# Cache\n\nMy page on caches.\n\n${CACHE.object.content}\n\n## Links\n\n- https://example.net\n\n## Related Documents\n\n- [[summaries/note|Note on caches]]\n`,
  );
  expect(readFrontMatter(text)).toMatchObject({ type: 'Concept', sources: ['summaries/note.md'] });
  const prompt = model.calls.find(({ key }) => key === 'page concepts/cache')!.prompt;
  expect(prompt).toContain('Nothing yet but what persons wrote.');
  expect(prompt).toContain('My page on caches.');
});
