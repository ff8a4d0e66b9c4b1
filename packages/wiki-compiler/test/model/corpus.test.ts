// oxlint-disable no-await-in-loop -- documents are added one after the other: that is what is tested
import { type ScriptedCall } from '@openkb/test-kit/scripted-model';
import { linkTarget, parseLinks, readFrontMatter } from '@openkb/wiki';
import { expect, test } from 'vitest';

import { inputOf, MemoryWiki } from '../support/memory-wiki.ts';
import { compile, page, plan, scripted } from '../support/scripted.ts';
import { violationsOf } from '../support/violations.ts';

const DOCUMENTS = 200;

/** Subjects with the spellings under which a careless model proposes them. */
const SUBJECTS = [
  ['concept', 'Cache', 'Caches', 'cache', 'The cache'],
  [
    'concept',
    'Large Language Model',
    'Large language models (LLMs)',
    'LLM',
    'large-language-model',
  ],
  ['concept', 'Self-Attention', 'Self attention', 'self-attentions'],
  ['concept', 'Rollback Journal', 'Rollback journals', 'rollback_journal'],
  ['concept', 'C++', 'c++'],
  ['concept', 'Gradient Descent', 'gradient descents', 'Gradient descent'],
  ['concept', 'Query: Planning', 'Query Planning'],
  ['entity', 'Ada Lovelace', 'Lovelace, Ada', 'ada lovelace'],
  ['entity', 'SQLite', 'Sqlite', 'SQLITE'],
  ['entity', 'The New York Times', 'The New York Times'],
  ['entity', 'São Paulo', 'SÃO PAULO'],
  ['entity', '东京', '东京'],
] as const;

/** A generator of numbers that is the same in every run. */
function generator(seed: number): () => number {
  let state = seed + 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Which subjects document `number` speaks of, by index. */
function subjectsOf(number: number): number[] {
  const random = generator(number);
  const wanted = new Set<number>();
  while (wanted.size < 1 + (number % 4)) wanted.add(Math.floor(random() * SUBJECTS.length));
  return [...wanted];
}

function numberOf({ request }: ScriptedCall): number {
  return Number(/Report (\d+)/.exec(request.messages[1]?.content ?? '')?.[1]);
}

/** Proposes pages under any spelling, whether they exist or not, and pages that nobody has. */
function proposal(call: ScriptedCall) {
  const random = generator(numberOf(call));
  const subjects = subjectsOf(numberOf(call)).map((at) => SUBJECTS[at]!);
  const listed = [...call.prompt.matchAll(/^[-*] ((?:concepts|entities)\/\S+) \|/gm)].map(
    ([, one]) => one!,
  );
  const create: object[] = [];
  for (const [kind, ...names] of subjects) {
    const title = names[Math.floor(random() * names.length)]!;
    const type = random() < 0.5 ? 'PERSON' : 'spaceship';
    create.push({ kind, title, type, about: 'what it is' });
    if (random() < 0.3) create.push({ kind, title: names[0], type: 'Person', about: 'again' });
  }
  const update =
    random() < 0.3 && listed[0] ? [{ page: listed[0].toUpperCase().replaceAll('-', '_') }] : [];
  const related = ['concepts/nobody-made-this', ...(listed.at(-1) ? [listed.at(-1)!] : [])];
  return plan({ create, update, related });
}

/** Writes about the page it was asked for, with links good and bad. */
function text(call: ScriptedCall) {
  const [, target = '', title = '']: readonly string[] =
    /<page id="[^"]*">\n(\S+) \| (.*)/.exec(call.prompt) ?? [];
  const links = linksIn(call);
  const present =
    /<current-page id="[^"]*">\n([\s\S]*?)\n<\/current-page/.exec(call.prompt)?.[1] ?? '';
  const more = `Report ${numberOf(call)} adds to it: see [[${links.at(-1)}]], [[${links[0]?.toUpperCase()}#part|that]], [[${target}]] and [[concepts/nobody]].`;
  const lines = present
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-6);
  return page(
    [
      `${title} is a subject of the corpus, \`[[concepts/in-code]]\`.`,
      ...lines.slice(1),
      more,
    ].join('\n\n'),
    `What ${title} is: "a subject", #1`,
  );
}

const model = () =>
  scripted({
    summary: (call) =>
      page(
        `Report ${numberOf(call)} speaks of ${subjectsOf(numberOf(call))
          .map((at) => SUBJECTS[at]![1])
          .join(', ')}.`,
        `Report ${numberOf(call)}: a summary`,
      ),
    plan: proposal,
    relink: (call) =>
      page(
        `Report ${numberOf(call)} speaks of [[${linksIn(call)[0]}]] and [[entities/nobody|someone]], ${'and more of the same, '.repeat(3)}.`,
      ),
    '*': text,
  });

function linksIn(call: ScriptedCall): string[] {
  return [...(call.request.messages[3]?.content ?? '').matchAll(/^\[\[(.*?)\]\]/gm)].map(
    ([, one]) => one!,
  );
}

test('200 documents: no dead link, no page twice, the sources of every page right (U08, U09, U13, U14)', async () => {
  const wiki = new MemoryWiki();
  const { compiler } = model();
  const touched = new Map<string, Set<string>>();
  for (let number = 0; number < DOCUMENTS; number += 1) {
    const names = subjectsOf(number).map((at) => SUBJECTS[at]![1]);
    const markdown = `# Report ${number}\n\n${names.map((name) => `${name} is spoken of here.`).join(' ')}`;
    const { plan: made } = await compile(wiki, compiler, inputOf(`report-${number}`, markdown));
    for (const { path } of made.pages ?? [])
      touched.set(path, (touched.get(path) ?? new Set()).add(`summaries/report-${number}.md`));
  }
  const pages = new Map([...wiki.pages].filter(([path]) => !path.startsWith('sources/')));
  expect(violationsOf(pages)).toEqual([]);
  const topics = [...pages.keys()].filter((path) => /^(?:concepts|entities)\//.test(path));
  expect(topics.toSorted()).toEqual([
    'concepts/cache.md',
    'concepts/cpp.md',
    'concepts/gradient-descent.md',
    'concepts/large-language-models.md',
    'concepts/query-planning.md',
    'concepts/rollback-journal.md',
    'concepts/self-attention.md',
    'entities/ada-lovelace.md',
    'entities/sqlite.md',
    'entities/são-paulo.md',
    'entities/the-new-york-times.md',
    'entities/东京.md',
  ]);
  for (const path of topics) {
    const sources = readFrontMatter(pages.get(path)!)['sources'];
    expect([path, new Set(sources as string[])]).toEqual([path, touched.get(path)]);
    for (const source of sources as string[]) {
      const targets = parseLinks(pages.get(source)!).map((link) => link.target);
      expect(targets, `${source} links back to ${path}`).toContain(linkTarget(path));
      expect(parseLinks(pages.get(path)!).map((link) => `${link.target}.md`)).toContain(source);
    }
  }
});
