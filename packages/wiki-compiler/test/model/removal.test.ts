import { readFrontMatter } from '@openkb/wiki';
import { describe, expect, test } from 'vitest';

import { extractiveCompiler } from '../../src/index.ts';
import { add, inputOf, MemoryWiki, OPTIONS } from '../support/memory-wiki.ts';
import { bodyOf, compile, page, plan, scripted } from '../support/scripted.ts';
import { BASE, CACHE, NOTE, REPLIES } from '../support/small-wiki.ts';
import { violationsOf } from '../support/violations.ts';

const SECOND = inputOf('second', '# Second note\n\nA cache may be cold.');
const BOTH = page(
  `${CACHE.object.content} Says [[summaries/note]]: never. Says [[summaries/second]]: cold.`,
);

/** Two documents on one page, and one page of the first alone. */
async function twoDocuments(): Promise<MemoryWiki> {
  const wiki = new MemoryWiki();
  await compile(wiki, scripted(REPLIES).compiler, NOTE);
  const replies = { ...BASE, plan: plan({ update: [{ page: 'concepts/cache' }] }), '*': BOTH };
  await compile(wiki, scripted(replies).compiler, SECOND);
  return wiki;
}

const without = async (wiki: MemoryWiki, name: string, replies = {}, rewrite = false) => {
  const { compiler, model } = scripted(replies);
  const removal = await compiler.remove(name, wiki, { ...OPTIONS, rewrite });
  wiki.apply(removal);
  for (const path of [`summaries/${name}.md`, `sources/${name}.md`]) wiki.pages.delete(path);
  return { ...removal, model };
};

describe('taking a document out', () => {
  test('removes what only it supported, its links and its lines, and names pages that may still state it (R07)', async () => {
    const wiki = await twoDocuments();
    const { removals, messages, model } = await without(wiki, 'note');
    expect(removals).toEqual(['entities/ada-lovelace.md']);
    expect(messages).toMatchObject([{ level: 'warning', code: 'claims-left' }]);
    expect(messages[0]!.text).toContain('"concepts/cache"');
    expect(model.calls).toEqual([]);
    const text = wiki.pages.get('concepts/cache.md')!;
    expect(readFrontMatter(text)['sources']).toEqual(['summaries/second.md']);
    expect(text).toContain(
      'Says Note on caches: never. Says [[summaries/second|Second note]]: cold.',
    );
    expect(text).toContain('## Related Documents\n\n- [[summaries/second|Second note]]\n');
    const left = new Map([...wiki.pages].filter(([path]) => !path.startsWith('sources/')));
    // links to pages that go are the caller's: it looks at every page
    expect(violationsOf(left).map(({ code, subject }) => [code, subject])).toEqual([
      ['dead-link', 'entities/ada-lovelace'],
    ]);
  });

  test('with the model, writes such pages again from what remains', async () => {
    const wiki = await twoDocuments();
    const rest = page(
      'A cache is a store of copies that may be cold. Says [[summaries/note]] nothing; see [[summaries/second]].',
    );
    const { messages, model, usage } = await without(
      wiki,
      'note',
      { 'withdraw Cache': rest },
      true,
    );
    expect(messages).toEqual([]);
    expect(usage.requests).toBe(1);
    expect(model.calls[0]!.prompt).toContain('The note explains');
    expect(model.calls[0]!.prompt).toContain('[[summaries/second]]');
    expect(wiki.pages.get('concepts/cache.md')).toContain(
      '\nA cache is a store of copies that may be cold. Says note nothing; see [[summaries/second|Second note]].\n\n## Related Documents\n\n- [[summaries/second|Second note]]\n',
    );
  });

  test('names the pages that the model could not write again', async () => {
    const { messages } = await without(await twoDocuments(), 'note', { '*': { text: '' } }, true);
    expect(messages).toMatchObject([{ code: 'claims-left' }]);
  });

  test('keeps what a person wrote in a page that nothing supports any more, and says so (R08)', async () => {
    const wiki = new MemoryWiki();
    await compile(wiki, scripted(REPLIES).compiler, NOTE);
    wiki.pages.set(
      'concepts/cache.md',
      `${wiki.pages.get('concepts/cache.md')!}\n## Mine\n\nI wrote this.\n`,
    );
    const { removals, messages } = await without(wiki, 'note');
    expect(removals).toEqual(['entities/ada-lovelace.md']);
    expect(messages).toMatchObject([{ code: 'kept-user-text' }]);
    const text = wiki.pages.get('concepts/cache.md')!;
    expect(bodyOf(text)).toBe('\n# Cache\n\n## Mine\n\nI wrote this.\n');
    expect(readFrontMatter(text)['sources']).toEqual([]);
  });

  test('leaves a document of a longer name alone, and every page that does not name it byte for byte (R04, R05)', async () => {
    const wiki = await twoDocuments();
    const other = inputOf('note-2', '# Another\n\nA mirror is no cache.');
    await compile(
      wiki,
      scripted({
        ...BASE,
        plan: plan({ create: [{ title: 'Mirror' }], related: ['concepts/cache'] }),
        '*': page('A mirror, says [[summaries/note-2]].'),
      }).compiler,
      other,
    );
    const before = wiki.snapshot();
    await without(wiki, 'note');
    for (const path of ['concepts/mirror.md', 'summaries/note-2.md', 'summaries/second.md'])
      expect(wiki.pages.get(path)).toBe(before[path]);
    expect(wiki.pages.get('concepts/cache.md')).toContain('See also: [[summaries/note-2]]');
    expect(readFrontMatter(wiki.pages.get('concepts/cache.md')!)['sources']).toEqual([
      'summaries/second.md',
      'summaries/note-2.md',
    ]);
  });

  test('takes a mere cross-reference away without a warning', async () => {
    const wiki = new MemoryWiki();
    await compile(wiki, scripted(REPLIES).compiler, NOTE);
    const before = wiki.pages.get('concepts/cache.md');
    await compile(
      wiki,
      scripted({ ...BASE, plan: plan({ related: ['concepts/cache'] }) }).compiler,
      SECOND,
    );
    const { messages } = await without(wiki, 'second');
    expect(messages).toEqual([]);
    expect(wiki.pages.get('concepts/cache.md')).toBe(before);
  });
});

describe('a wiki of both compilers', () => {
  const LOCKS = inputOf(
    'locks',
    '# Locks\n\nA mutex is a lock that one thread holds. The mutex is released by its holder. A mutex guards data.\n\n## Mutex\n\nEvery mutex has a queue. The mutex is fair.',
  );

  test('the model takes over pages of the extractive compiler: its quotations become text, people’s words stay', async () => {
    const wiki = new MemoryWiki();
    await add(wiki, extractiveCompiler(), LOCKS);
    const before = wiki.pages.get('concepts/mutex.md')!;
    expect(before).toContain('<!-- extractive');
    wiki.pages.set(
      'concepts/mutex.md',
      before.replace('\n## Related', '\n## Mine\n\nI wrote this.\n\n## Related'),
    );
    const replies = {
      summary: page('Locks guard data; a mutex is one of them.'),
      plan: plan({ update: [{ page: 'concepts/mutex' }] }),
      '*': page('A mutex is a lock that one thread holds at a time.'),
      relink: page('Locks guard data; a [[concepts/mutex|mutex]] is one of them.'),
    };
    const { compiler, model } = scripted(replies);
    await compile(wiki, compiler, LOCKS);
    const text = wiki.pages.get('concepts/mutex.md')!;
    expect(bodyOf(text)).toBe(
      '\n# Mutex\n\nA mutex is a lock that one thread holds at a time.\n\n## Mine\n\nI wrote this.\n\n## Related Documents\n\n- [[summaries/locks|Locks]]\n',
    );
    expect(model.calls[2]!.prompt).toContain('> A mutex is a lock');
    const summary = wiki.pages.get('summaries/locks.md')!;
    expect(readFrontMatter(summary)).not.toHaveProperty('keywords');
    expect(bodyOf(summary)).toBe(
      '\n# Locks\n\nLocks guard data; a [[concepts/mutex|mutex]] is one of them.\n\n## Related Concepts\n\n- [[concepts/mutex|Mutex]]\n',
    );
    expect(
      violationsOf(new Map([...wiki.pages].filter(([path]) => !path.startsWith('sources/')))),
    ).toEqual([]);
  });

  test('quotations on pages that the plan leaves out are withdrawn, and pages of nothing else go', async () => {
    const wiki = new MemoryWiki();
    await add(wiki, extractiveCompiler(), LOCKS);
    expect(wiki.list('concepts')).toEqual(['concepts/mutex.md']);
    const { removals } = await compile(wiki, scripted({ ...BASE, plan: plan() }).compiler, LOCKS);
    expect(removals).toEqual(['concepts/mutex.md']);
    expect(wiki.list('concepts')).toEqual([]);
  });

  test('taking out a document of the extractive compiler leaves the pages as it would', async () => {
    const wiki = new MemoryWiki();
    await add(wiki, extractiveCompiler(), LOCKS);
    await compile(wiki, scripted(REPLIES).compiler, NOTE);
    const { removals } = await without(wiki, 'locks');
    expect(removals).toEqual(['concepts/mutex.md']);
    expect(wiki.list('concepts')).toEqual(['concepts/cache.md']);
  });
});
