import { readFrontMatter } from '@openkb/wiki';
import { describe, expect, test } from 'vitest';

import { inputOf, MemoryWiki } from '../support/memory-wiki.ts';
import { compile, failure, page, plan, scripted } from '../support/scripted.ts';
import { BASE, NOTE, REPLIES, SUMMARY } from '../support/small-wiki.ts';

const concept = (title: string, more = '') =>
  `---\ntype: "Concept"\ntitle: "${title}"\nsources: ["summaries/other.md"]\ndescription: "About ${title}."\n${more}---\n\n# ${title}\n\n${title} is a thing of which another document spoke.\n`;

const topics = (wiki: MemoryWiki) =>
  [...wiki.pages.keys()].filter((path) => /^(?:concepts|entities)\//.test(path)).toSorted();

describe('U02: a plan that is none is asked for again, and then the document fails', () => {
  test.each([
    ['an empty answer', { text: '' }],
    ['a text', { text: 'I have planned nothing.' }],
    ['a number', { object: 7 }],
    ['null', { object: null }],
    ['a list of lists', { object: [[1], [2]] }],
    ['an answer that was cut off', { ...plan(), finishReason: 'length' }],
    ['an object of another form', { object: { concepts: [] } }],
    ['items that are no objects', { object: { create: ['Cache'], update: [], related: [] } }],
    ['related pages that are no texts', { object: { create: [], update: [], related: [{}] } }],
    ['a page without a title', plan({ create: [{ title: '  ' }] })],
  ])('%s', async (_, reply) => {
    const { compiler, model } = scripted({ ...REPLIES, plan: reply });
    const wiki = new MemoryWiki();
    const error = await failure(compile(wiki, compiler, NOTE));
    expect(error.code).toBe('plan-failed');
    expect(error.message).toMatch(/^The document "note" could not be compiled: .+\.$/);
    expect(error.usage.requests).toBe(4);
    expect(model.keys()).toEqual(['summary', 'plan', 'plan', 'plan']);
    expect(model.calls[2]!.prompt).toContain('was not accepted');
    expect([...wiki.pages.keys()]).toEqual([NOTE.fullText]);
  });

  test('a plan that is accepted at the third time is as good as at the first', async () => {
    const first = new MemoryWiki();
    await compile(first, scripted(REPLIES).compiler, NOTE);
    const third = new MemoryWiki();
    const replies = [{ text: '' }, { object: [] }, REPLIES['plan'] as { object: unknown }];
    await compile(third, scripted({ ...REPLIES, plan: replies }).compiler, NOTE);
    expect(third.snapshot()).toEqual(first.snapshot());
  });

  test('an empty plan that is a valid plan is accepted: the document has a summary only', async () => {
    const { compiler, model } = scripted({ ...REPLIES, plan: plan() });
    const wiki = new MemoryWiki();
    const { pages, messages } = await compile(wiki, compiler, NOTE);
    expect(pages.map(({ path }) => path)).toEqual(['summaries/note.md']);
    expect(messages.map(({ code }) => code)).toEqual(['no-topics']);
    expect(model.keys()).toEqual(['summary', 'plan']);
  });
});

describe('U09: related pages', () => {
  test('a page that does not exist is ignored; one that does gets a reference, and keeps its type', async () => {
    const before = `---\ntype: "Person"\nsources: [summaries/other.md]\ndescription: "A person."\n---\n\nAda wrote.\r\n`;
    const wiki = new MemoryWiki([['entities/ada.md', before]]);
    const related = ['concepts/ghost', 'entities/Ada.md', '../raw/x'];
    const { pages } = await compile(
      wiki,
      scripted({ ...REPLIES, plan: plan({ related }) }).compiler,
      NOTE,
    );
    expect(topics(wiki)).toEqual(['entities/ada.md']);
    expect(pages.find(({ path }) => path === 'entities/ada.md')).toMatchObject({
      entityType: 'person',
      description: 'A person.',
      action: 'update',
    });
    expect(wiki.pages.get('entities/ada.md')).toBe(
      '---\ntype: "Person"\nsources: ["summaries/other.md", "summaries/note.md"]\ndescription: "A person."\n---\n\nAda wrote.\r\n\r\nSee also: [[summaries/note]]\r\n',
    );
    expect(wiki.pages.get('summaries/note.md')).toContain('## Entities\n\n- [[entities/ada|Ada]]');
  });
});

describe('U13: a page to be made that exists is updated', () => {
  test.each([
    ['under the same name', 'Cache', 'concepts/cache.md', concept('Cache')],
    ['in another spelling', 'CACHES', 'concepts/cache.md', concept('Cache')],
    ['under an alias', 'Buffer', 'concepts/cache.md', concept('Cache', 'aliases: ["Buffers"]\n')],
    [
      'by the name of its file',
      'Cache',
      'concepts/cache.md',
      '# Fast store\n\nIt was another document that said so.\n',
    ],
    ['as an entity', 'Cache', 'entities/cache.md', concept('Cache').replace('Concept', 'Product')],
  ])('%s', async (_, title, path, text) => {
    const wiki = new MemoryWiki([[path, text]]);
    const replies = {
      ...BASE,
      plan: plan({ create: [{ title }] }),
      '*': page('A cache is a thing of which two documents spoke, this one too, and at length.'),
    };
    await compile(wiki, scripted(replies).compiler, NOTE);
    expect(topics(wiki)).toEqual([path]);
    expect(readFrontMatter(wiki.pages.get(path)!)['sources']).toContain('summaries/note.md');
    expect(wiki.pages.get(path)).toContain('of which two documents spoke');
  });

  test('an acronym that is an alias of two things makes them one only where a title says so', async () => {
    const aliases = 'aliases: ["CNN"]\n';
    const network = concept('Convolutional Network', aliases);
    const wiki = new MemoryWiki([['concepts/convolutional-network.md', network]]);
    const create = [
      { kind: 'entity', type: 'organization', title: 'Cable News Network', aliases: ['CNN'] },
    ];
    const replies = {
      ...BASE,
      plan: plan({ create }),
      '*': page('The Cable News Network is a broadcaster.'),
    };
    await compile(wiki, scripted(replies).compiler, NOTE);
    expect(topics(wiki)).toEqual([
      'concepts/convolutional-network.md',
      'entities/cable-news-network.md',
    ]);
    expect(wiki.pages.get('concepts/convolutional-network.md')).toBe(network);
  });
});

test('near-duplicates in one plan are one page, with all names and all that is said of it', async () => {
  const create = [
    { title: 'Large language model (LLM)', about: 'First.' },
    { title: 'Large Language Models', about: 'Second.' },
    { title: 'LLMs', about: 'Third.' },
    { title: 'the large-language model', about: 'Second.' },
  ];
  const { compiler, model } = scripted({
    ...BASE,
    plan: plan({ create }),
    '*': page('A large language model predicts words.'),
  });
  const wiki = new MemoryWiki();
  const compilation = await compile(wiki, compiler, NOTE);
  expect(topics(wiki)).toEqual(['concepts/large-language-model.md']);
  expect(compilation.plan.pages).toEqual([
    {
      path: 'concepts/large-language-model.md',
      kind: 'concept',
      action: 'create',
      title: 'Large language model',
      aliases: ['LLM'],
      about: 'First. Second. Third.',
    },
  ]);
  expect(model.keys().filter((key) => key.startsWith('page'))).toHaveLength(1);
});

test('an entity type that is not configured is "other", whatever its case one that is stays', async () => {
  const create = [
    { kind: 'entity', title: 'Apollo 11', type: 'spaceflight' },
    { kind: 'entity', title: 'NASA', type: ' ORGANIZATION ' },
  ];
  const wiki = new MemoryWiki();
  const { pages } = await compile(
    wiki,
    scripted({ ...BASE, plan: plan({ create }), '*': SUMMARY }).compiler,
    NOTE,
  );
  expect(pages.flatMap(({ entityType }) => entityType ?? [])).toEqual(['other', 'organization']);
  expect(readFrontMatter(wiki.pages.get('entities/nasa.md')!)['type']).toBe('Organization');
});

test('titles make safe names: no path, no link, no heading comes out of a plan', async () => {
  const create = [
    '../../etc/passwd',
    'con',
    'Some [[link]] | # x',
    'index',
    'C#',
    'a'.repeat(400),
  ].map((title) => ({ title }));
  const wiki = new MemoryWiki();
  await compile(wiki, scripted({ ...BASE, plan: plan({ create }), '*': SUMMARY }).compiler, NOTE);
  expect(topics(wiki).every((path) => /^concepts\/[^/\\]{1,210}\.md$/.test(path))).toBe(true);
  expect(topics(wiki)).toContain('concepts/c-sharp.md');
  expect(wiki.pages.get('concepts/some-link-x.md')).toContain('\n# Some link # x\n');
});

test('a plan of more pages than are allowed is cut, and says which were left out', async () => {
  const create = ['One', 'Two', 'Three'].map((title) => ({ title: `${title} thing` }));
  const { compiler } = scripted({ ...BASE, plan: plan({ create }), '*': SUMMARY }, { maxPages: 2 });
  const wiki = new MemoryWiki();
  const { messages } = await compile(wiki, compiler, NOTE);
  expect(topics(wiki)).toEqual(['concepts/one-thing.md', 'concepts/two-thing.md']);
  expect(messages).toEqual([
    {
      level: 'info',
      code: 'pages-dropped',
      text: 'The plan for "note" names more than 2 pages; left out: "Three thing".',
    },
  ]);
});

test('the plan is shown at most the limit of each kind, the nearest ones, and those of the document itself', async () => {
  const far = Array.from({ length: 30 }, (_, at): [string, string] => [
    `concepts/far-${at}.md`,
    concept(`Far ${at}`),
  ]);
  const own = concept('Unrelated name').replace('summaries/other', 'summaries/note');
  const wiki = new MemoryWiki([
    ...far,
    ['concepts/cache.md', concept('Cache')],
    ['concepts/own.md', own],
  ]);
  const { compiler, model } = scripted(
    { ...REPLIES, plan: plan(), '*': SUMMARY },
    { shortlist: 3 },
  );
  await compile(wiki, compiler, NOTE);
  const listed = [...model.calls[1]!.prompt.matchAll(/^([-*]) (\S+) \|/gm)].map(
    ([, mark, path]) => `${mark} ${path}`,
  );
  expect(listed).toHaveLength(4);
  expect(listed).toContain('- concepts/cache');
  expect(listed).toContain('* concepts/own');
  expect(model.calls[1]!.prompt).toContain('28 others are not shown');
});

test('a setting that is no whole number from 1 on is refused by its name (U25)', () => {
  for (const concurrency of [0, -1, 1.5, true, '4', Number.NaN] as number[])
    expect(() => scripted(REPLIES, { concurrency })).toThrow(
      /"concurrency" must be a whole number/,
    );
});

test('two documents of one name are not one: the title of a document is not its name', async () => {
  const wiki = new MemoryWiki();
  const { compiler } = scripted({ ...REPLIES, '*': SUMMARY });
  await compile(wiki, compiler, NOTE);
  await compile(wiki, compiler, { ...inputOf('note-2', NOTE.markdown), title: NOTE.title });
  expect(readFrontMatter(wiki.pages.get('concepts/cache.md')!)['sources']).toEqual([
    'summaries/note.md',
    'summaries/note-2.md',
  ]);
});
