import { readFileSync } from 'node:fs';

import { readFrontMatter } from '@openkb/wiki';
import { describe, expect, test } from 'vitest';

import { extractiveCompiler } from '../src/index.ts';
import { MemoryWiki, OPTIONS, add, inputOf } from './support/memory-wiki.ts';
import { quotedSentences, sourceText } from './support/quotations.ts';

async function compiled(name: string) {
  const markdown = readFileSync(new URL(`fixtures/${name}/document.md`, import.meta.url), 'utf8');
  const wiki = new MemoryWiki();
  await add(wiki, extractiveCompiler(), inputOf(name, markdown));
  const page = (directory: string, title: string) => {
    const path = wiki
      .list(directory)
      .find((one) => readFrontMatter(wiki.read(one) ?? '')['title'] === title);
    return path === undefined ? undefined : readFrontMatter(wiki.read(path) ?? '');
  };
  return {
    wiki,
    markdown,
    describe: (title: string) => {
      const description = page('concepts', title)?.['description'];
      return typeof description === 'string' ? description : '';
    },
    typeOf: (title: string) => page('entities', title)?.['type'],
  };
}

describe('an English document', () => {
  test('gets its named terms with the sentences that define them', async () => {
    const { describe: describing } = await compiled('clock-synchronisation');
    expect({
      'Network Time Protocol (NTP)': describing('Network Time Protocol (NTP)'),
      'Clock skew': describing('Clock skew'),
      'Leap second': describing('Leap second'),
      'Vector clock': describing('Vector clock'),
      'Logical clock': describing('Logical clock'),
      'Coordinated Universal Time (UTC)': describing('Coordinated Universal Time (UTC)'),
      'Quartz oscillator': describing('Quartz oscillator'),
      Stratum: describing('Stratum'),
    }).toEqual({
      'Network Time Protocol (NTP)': expect.stringMatching(
        /^The Network Time Protocol \(NTP\) is a protocol that carries/,
      ),
      'Clock skew': expect.stringMatching(/^Clock skew is the difference between/),
      'Leap second': expect.stringMatching(/^A leap second is an extra second/),
      'Vector clock': expect.stringMatching(/^A vector clock is a list with one counter/),
      'Logical clock': expect.stringMatching(/^A logical clock is a counter/),
      'Coordinated Universal Time (UTC)': expect.stringMatching(
        /is the time scale that civil clocks/,
      ),
      'Quartz oscillator': expect.stringMatching(/^A quartz oscillator is a small crystal/),
      Stratum: expect.stringMatching(/^A stratum is the distance of a server/),
    });
  });

  test('gets its people, organisations and products under their types', async () => {
    const { typeOf } = await compiled('clock-synchronisation');
    const names = [
      'Leslie Lamport',
      'David L. Mills',
      'Colin Fidge',
      'Google',
      'University of Delaware',
      'International Bureau of Weights and Measures',
      'CockroachDB',
      'Spanner',
    ];
    expect(names.map((name) => `${name}: ${String(typeOf(name))}`)).toEqual([
      'Leslie Lamport: Person',
      'David L. Mills: Person',
      'Colin Fidge: Person',
      'Google: Organization',
      'University of Delaware: Organization',
      'International Bureau of Weights and Measures: Organization',
      'CockroachDB: Product',
      'Spanner: Product',
    ]);
  });

  test('has types that are not configured written as Other', async () => {
    const markdown = readFileSync(
      new URL('fixtures/clock-synchronisation/document.md', import.meta.url),
      'utf8',
    );
    const options = { ...OPTIONS, entityTypes: ['person', 'company', 'other'] };
    const { pages } = await extractiveCompiler().compile(
      inputOf('doc', markdown),
      new MemoryWiki(),
      options,
    );
    const types = Object.fromEntries(
      pages.map((page) => [page.path, [page.entityType, readFrontMatter(page.text)['type']]]),
    );
    expect(types['entities/leslie-lamport.md']).toEqual(['person', 'Person']);
    expect(types['entities/google.md']).toEqual(['company', 'Company']);
    expect(types['entities/spanner.md']).toEqual(['other', 'Other']);
    expect(types['concepts/vector-clock.md']).toEqual([undefined, 'Concept']);
  });
});

describe('a German document', () => {
  test('gets its named terms with their definitions', async () => {
    const { describe: describing } = await compiled('buchdruck');
    expect(describing('Buchdruck')).toMatch(/^Der Buchdruck ist ein Verfahren, mit dem/);
    expect(describing('Letter')).toMatch(/^Eine Letter ist ein kleiner Körper aus Metall/);
    expect(describing('Hochdruck')).toMatch(/^Der Hochdruck ist ein Druckverfahren/);
    expect(describing('Tiefdruck')).toMatch(/^Der Tiefdruck ist ein Druckverfahren/);
    expect(describing('Flachdruck')).toMatch(/^Der Flachdruck ist ein Druckverfahren/);
    expect(describing('Schnellpresse')).toMatch(/^Die Schnellpresse ist eine Druckmaschine/);
  });

  test('gets its people and places', async () => {
    const { typeOf } = await compiled('buchdruck');
    for (const name of [
      'Johannes Gutenberg',
      'Johannes Fust',
      'Friedrich Koenig',
      'Alois Senefelder',
    ])
      expect([name, typeOf(name)]).toEqual([name, 'Person']);
    for (const name of ['Mainz', 'London']) expect([name, typeOf(name)]).toEqual([name, 'Place']);
  });

  test('has the words of the pages in German where the wiki is German', async () => {
    const markdown = readFileSync(
      new URL('fixtures/buchdruck/document.md', import.meta.url),
      'utf8',
    );
    const { pages } = await extractiveCompiler().compile(
      inputOf('doc', markdown),
      new MemoryWiki(),
      { ...OPTIONS, language: 'de' },
    );
    const summary = pages.find(({ kind }) => kind === 'summary')?.text ?? '';
    expect(summary).toContain('Ohne Sprachmodell erstellt');
    expect(summary).toContain('## Gliederung');
    expect(summary).toContain('## Related Concepts');
  });
});

describe('a Chinese document', () => {
  // segmentation comes with ICU and may differ between versions of Node: properties, not bytes
  test('gets at least four named terms with their definitions', async () => {
    const { describe: describing } = await compiled('huancun');
    const terms = [
      '缓存',
      '命中率',
      '淘汰策略',
      '缓存穿透',
      '缓存雪崩',
      '缓存击穿',
      '分布式缓存',
      '一致性哈希',
      '布隆过滤器',
    ];
    const defined = terms.filter((term) => describing(term).startsWith(`${term}是`));
    expect(defined.length).toBeGreaterThanOrEqual(4);
  });

  test('gets products and works under their types', async () => {
    const { typeOf } = await compiled('huancun');
    expect(typeOf('Redis')).toBe('Product');
    expect(typeOf('大型网站技术架构')).toBe('Work');
  });

  test('is quoted truly', async () => {
    const { wiki, markdown } = await compiled('huancun');
    const said = sourceText(markdown, 'markdown');
    const quoted = [...wiki.pages]
      .filter(([path]) => !path.startsWith('sources/'))
      .flatMap(([path, text]) => quotedSentences(path, text));
    expect(quoted.length).toBeGreaterThan(20);
    expect(quoted.filter((sentence) => !said.includes(sentence))).toEqual([]);
  });
});
