import { describe, expect, test } from 'vitest';

import { MemoryWiki, OPTIONS, inputOf } from '../support/memory-wiki.ts';
import { compile, page, scripted } from '../support/scripted.ts';
import { NOTE, REPLIES } from '../support/small-wiki.ts';

const DOCUMENT = inputOf(
  'paper',
  `# Paper\n\n${Array.from({ length: 150 }, (_, at) => `Subject ${at} of the paper is treated here with some care and in a line.`).join('\n\n')}`,
);

const text = (at: number, type: string) =>
  `---\ntype: "${type}"\ntitle: "Subject ${at}"\nsources: ["summaries/other-${at % 50}.md"]\ndescription: "What subject ${at} of the paper is and what it is good for, in a line of the usual length."\n---\n\n# Subject ${at}\n\nSubject ${at} is one of many.\n`;

/** A wiki of as many pages, half of them entities, with descriptions and sources as they are. */
function wikiOf(count: number): MemoryWiki {
  return new MemoryWiki(
    Array.from({ length: count }, (_, at): [string, string] =>
      at % 2 === 0
        ? [`concepts/subject-${at}.md`, text(at, 'Concept')]
        : [`entities/subject-${at}.md`, text(at, 'Person')],
    ),
  );
}

async function charactersWith(count: number): Promise<number> {
  const { compiler, model } = scripted(REPLIES);
  await compile(wikiOf(count), compiler, DOCUMENT);
  const lengths = model.calls.map(({ request }) =>
    request.messages.reduce((sum, { content }) => sum + content.length, 0),
  );
  return lengths.reduce((sum, length) => sum + length, 0);
}

describe('U24: prompts do not grow with the wiki', () => {
  test('those of a document with 5,000 pages are at most 1.3 times those with 100', async () => {
    const [few, many] = [await charactersWith(100), await charactersWith(5000)];
    expect(few).toBeGreaterThan(20_000);
    expect(many / few).toBeLessThan(1.3);
  });
});

describe('an estimate', () => {
  test('is made without a request, and is near to what compiling costs', async () => {
    const { compiler, model } = scripted(REPLIES);
    const wiki = wikiOf(100);
    const estimate = compiler.estimate(DOCUMENT, wiki, OPTIONS);
    expect(model.calls).toEqual([]);
    const pages = Array.from({ length: estimate.pages }, (_, at) => ({
      kind: 'concept',
      title: `New thing ${at}`,
      type: '',
      aliases: [],
      about: '',
    }));
    const content = page(
      'What the paper says of it is said here at some length, as a page would say it. '.repeat(22),
    );
    const summary = page(
      'The paper treats many subjects with some care, and each of them in a line. '.repeat(30),
    );
    const real = scripted({
      plan: { object: { create: pages, update: [], related: [] } },
      summary,
      relink: summary,
      '*': content,
    });
    const { usage } = await compile(wiki, real.compiler, DOCUMENT);
    expect(estimate.requests).toBe(usage.requests);
    expect(estimate.inputTokens / usage.inputTokens).toBeGreaterThan(0.8);
    expect(estimate.inputTokens / usage.inputTokens).toBeLessThan(1.25);
    expect(estimate.outputTokens / usage.outputTokens).toBeGreaterThan(0.6);
    expect(estimate.outputTokens / usage.outputTokens).toBeLessThan(1.6);
    expect(estimate.cachedInputTokens).toBeLessThan(estimate.inputTokens);
  });

  test('of a long document counts the requests for its sections', () => {
    const { compiler } = scripted(REPLIES, { sectionTokens: 500, documentTokens: 1000 });
    const long = compiler.estimate(DOCUMENT, new MemoryWiki(), OPTIONS);
    const short = scripted(REPLIES).compiler.estimate(DOCUMENT, new MemoryWiki(), OPTIONS);
    expect(long.requests - short.requests).toBeGreaterThan(4);
    expect(compiler.estimate(NOTE, new MemoryWiki(), OPTIONS).requests).toBe(5);
  });
});
