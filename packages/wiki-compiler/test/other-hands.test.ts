import { readFrontMatter, splitFrontMatter } from '@openkb/wiki';
import { describe, expect, test } from 'vitest';

import { extractiveCompiler, removeDocumentFromPage } from '../src/index.ts';
import { MemoryWiki, OPTIONS, add, inputOf } from './support/memory-wiki.ts';

const compiler = extractiveCompiler();

const PROXY = inputOf(
  'proxy',
  `# Reverse Proxies

This note is about the reverse proxy and what it does for a web site.

## Reverse Proxy

A reverse proxy is a server that answers for other servers. The reverse proxy hides them from the outside. A reverse proxy can also keep copies of pages.

## Encryption

With a reverse proxy the encryption ends in one place. Grace Hopper never saw a reverse proxy, but Grace Hopper would have liked the idea.
`,
);

/** As the Python program writes a page with a language model. */
const MODEL_PAGE = `---
sources: [summaries/primer.md]
type: "Concept"
description: "A server in front of others"
reviewed: "by Kim"
---

# Reverse Proxy

A reverse proxy accepts requests for others. See [[concepts/load-balancer]].

## Trade-offs

- One more thing that can fail.

## Related Documents

- [[summaries/primer]]
`;

describe('a page that a language model or a person wrote', () => {
  test('keeps its body byte for byte and gets the section, the source and the line of the document', async () => {
    const wiki = new MemoryWiki([['concepts/reverse-proxy.md', MODEL_PAGE]]);
    await add(wiki, compiler, PROXY);
    const page = wiki.pages.get('concepts/reverse-proxy.md')!;
    expect(readFrontMatter(page)).toEqual({
      sources: ['summaries/primer.md', 'summaries/proxy.md'],
      type: 'Concept',
      description: 'A server in front of others',
      reviewed: 'by Kim',
    });
    const [before, after] = splitFrontMatter(MODEL_PAGE).body.split('## Related Documents');
    const body = splitFrontMatter(page).body;
    expect(body.startsWith(`${before}## [[summaries/proxy|Reverse Proxies]]\n`)).toBe(true);
    expect(
      body.endsWith(`## Related Documents${after}- [[summaries/proxy|Reverse Proxies]]\n`),
    ).toBe(true);
    expect(body).toContain('> A reverse proxy is a server that answers for other servers.');
  });

  test('is found by an alias too, and no second page is made', async () => {
    const page = MODEL_PAGE.replace(
      'reviewed: "by Kim"',
      'aliases: ["reverse proxies"]',
    ).replaceAll('Reverse Proxy', 'Surrogate');
    const wiki = new MemoryWiki([['concepts/surrogate.md', page]]);
    await add(wiki, compiler, PROXY);
    expect(wiki.list('concepts').filter((path) => /proxy|surrogate/.test(path))).toEqual([
      'concepts/surrogate.md',
    ]);
    expect(readFrontMatter(wiki.pages.get('concepts/surrogate.md')!)['sources']).toEqual([
      'summaries/primer.md',
      'summaries/proxy.md',
    ]);
  });

  test('is as it was when the document is taken out again', async () => {
    const quoted = MODEL_PAGE.replace('[summaries/primer.md]', '["summaries/primer.md"]');
    const wiki = new MemoryWiki([['concepts/reverse-proxy.md', quoted]]);
    await add(wiki, compiler, PROXY);
    const page = wiki.pages.get('concepts/reverse-proxy.md')!;
    expect(removeDocumentFromPage('concepts/reverse-proxy.md', page, 'proxy')).toBe(quoted);
  });

  test('is kept whole when a slug that a document would create exists: create becomes update (U13)', async () => {
    const wiki = new MemoryWiki([
      ['concepts/reverse-proxy.md', '# Notes of mine\n\nNot about proxies.\n'],
    ]);
    const { pages } = await add(wiki, compiler, PROXY);
    expect(pages.find(({ path }) => path === 'concepts/reverse-proxy.md')?.action).toBe('update');
    expect(wiki.pages.get('concepts/reverse-proxy.md')).toContain(
      '# Notes of mine\n\nNot about proxies.\n',
    );
  });

  test('names a source in its body and gets it into `sources` all the same (U14)', async () => {
    const named = MODEL_PAGE.replace('One more thing', '[[summaries/proxy]]: one more thing');
    const wiki = new MemoryWiki([['concepts/reverse-proxy.md', named]]);
    await add(wiki, compiler, PROXY);
    expect(readFrontMatter(wiki.pages.get('concepts/reverse-proxy.md')!)['sources']).toContain(
      'summaries/proxy.md',
    );
  });

  test('loses only a document of exactly that name (R05)', () => {
    const page = MODEL_PAGE.replace(
      '[summaries/primer.md]',
      '["summaries/primer.md", "summaries/primer-2.md"]',
    );
    const rest = removeDocumentFromPage('concepts/reverse-proxy.md', page, 'primer')!;
    expect(readFrontMatter(rest)['sources']).toEqual(['summaries/primer-2.md']);
    expect(removeDocumentFromPage('concepts/reverse-proxy.md', page, 'prim')).toBe(page);
  });

  test('goes with its last document, unless a person marked something to be kept (R08)', () => {
    const path = 'concepts/reverse-proxy.md';
    expect(removeDocumentFromPage(path, MODEL_PAGE, 'primer')).toBeUndefined();
    const kept = `${MODEL_PAGE}\n<!-- keep -->\nMine.\n<!-- /keep -->\n`;
    expect(removeDocumentFromPage(path, kept, 'primer')).toContain(
      '<!-- keep -->\nMine.\n<!-- /keep -->',
    );
  });
});

describe('a page that this compiler made and a person edited', () => {
  async function edited(
    edit: (page: string) => string,
  ): Promise<{ wiki: MemoryWiki; page: string }> {
    const wiki = new MemoryWiki();
    await add(wiki, compiler, PROXY);
    const page = edit(wiki.pages.get('concepts/reverse-proxy.md')!);
    wiki.pages.set('concepts/reverse-proxy.md', page);
    return { wiki, page };
  }

  const OTHER = inputOf('other', PROXY.markdown.replace('# Reverse Proxies', '# The Other Note'));

  test('keeps added sections, added front matter and kept text when documents come', async () => {
    const { wiki } = await edited((page) =>
      page
        .replace('compiled_by:', 'status: "checked"\ncompiled_by:')
        .replace(
          '\n\n## Related',
          '\n\n<!-- keep -->\n## Mine\nKeep this.\n<!-- /keep -->\n\n### A remark\n\nOf a person.\n\n## Related',
        ),
    );
    await add(wiki, compiler, OTHER);
    await add(wiki, compiler, {
      ...PROXY,
      markdown: PROXY.markdown.replace('keep copies', 'store copies'),
    });
    const page = wiki.pages.get('concepts/reverse-proxy.md')!;
    expect(page).toContain('<!-- keep -->\n## Mine\nKeep this.\n<!-- /keep -->');
    expect(page).toContain('### A remark\n\nOf a person.');
    expect(page).toContain('status: "checked"');
    expect(page).toContain('also store copies');
    expect(page).toContain('also keep copies of pages.\n> — *Reverse Proxy*\n\n> With');
  });

  test('keeps a title, a description and an introduction that a person wrote', async () => {
    const { wiki } = await edited((page) =>
      page
        .replace(/^description: .*$/m, 'description: "My words"')
        .replace(/^title: .*$/m, 'title: "Reverse proxy server"')
        .replace(/^# Reverse proxy$/m, '# Reverse proxy server\n\nMy introduction.'),
    );
    await add(wiki, compiler, OTHER);
    const page = wiki.pages.get('concepts/reverse-proxy.md')!;
    expect(readFrontMatter(page)).toMatchObject({
      title: 'Reverse proxy server',
      description: 'My words',
    });
    expect(page).toContain('# Reverse proxy server\n\nMy introduction.\n');
    expect(page).toContain('## [[summaries/other|The Other Note]]');
  });

  test('stays, without the section, when its only document goes and a person wrote in it', async () => {
    const { wiki, page } = await edited((text) => `${text}\n## My notes\n\nImportant.\n`);
    const rest = removeDocumentFromPage('concepts/reverse-proxy.md', page, 'proxy')!;
    expect(rest).toContain('## My notes\n\nImportant.');
    expect(rest).not.toContain('summaries/proxy');
    const compilation = await compiler.remove!('proxy', wiki, OPTIONS);
    expect(compilation.removals ?? []).not.toContain('concepts/reverse-proxy.md');
  });

  test('whose text is in a summary keeps sections and fields that a person added there', async () => {
    const wiki = new MemoryWiki();
    await add(wiki, compiler, PROXY);
    const summary = `${wiki.pages.get('summaries/proxy.md')!.replace('doc_type:', 'rating: 5\ndoc_type:')}\n## What I think\n\nGood. See [[concepts/reverse-proxy|it]].\n`;
    wiki.pages.set('summaries/proxy.md', summary);
    await add(wiki, compiler, {
      ...PROXY,
      markdown: PROXY.markdown.replace('keep copies', 'store copies'),
    });
    const page = wiki.pages.get('summaries/proxy.md')!;
    expect(page).toMatch(
      /\n## What I think\n\nGood\. See \[\[concepts\/reverse-proxy\|it\]\]\.\n\n<!-- extractive-page .*-->\n$/,
    );
    expect(readFrontMatter(page)['rating']).toBe(5);
  });
});
