import fc from 'fast-check';
import { expect, test } from 'vitest';

import {
  emptyIndex,
  type IndexEntry,
  parseLinks,
  readIndex,
  removeIndexEntries,
  upsertIndexEntries,
} from '../src/index.ts';
import { markdown, text } from './arbitraries.ts';

const attention: IndexEntry = {
  section: 'Concepts',
  target: 'concepts/attention',
  description: 'Weighs inputs',
};

test('a new index has the four sections', () => {
  expect(emptyIndex()).toBe(
    '# Knowledge Base Index\n\n## Documents\n\n## Concepts\n\n## Entities\n\n## Explorations\n',
  );
  expect(readIndex(emptyIndex())).toEqual([]);
});

test('entries have the forms of the format', () => {
  const index = upsertIndexEntries(emptyIndex(), [
    { section: 'Documents', target: 'summaries/a', label: 'short', description: 'First' },
    attention,
    {
      section: 'Entities',
      target: 'entities/google',
      label: 'organization',
      description: 'A company',
    },
    { section: 'Explorations', target: 'explorations/q', description: '' },
  ]);
  expect(index).toBe(`# Knowledge Base Index

## Documents

- [[summaries/a]] (short) — First

## Concepts

- [[concepts/attention]] — Weighs inputs

## Entities

- [[entities/google]] (organization) — A company

## Explorations

- [[explorations/q]]
`);
});

test('entries as people and other programs write them are read', () => {
  const index = `# Knowledge Base Index
## documents
- [[summaries/a.md|A]] (pageindex) - with a hyphen
* [[summaries/b]]: with a colon
+ [[summaries/c#top]] – with a dash
- [[summaries/d]]
- [[summaries/e]] and [[summaries/f]] are alike
## Notes
- [[concepts/x]] — not ours
`;
  expect(readIndex(index)).toEqual([
    {
      section: 'Documents',
      target: 'summaries/a',
      label: 'pageindex',
      description: 'with a hyphen',
    },
    { section: 'Documents', target: 'summaries/b', description: 'with a colon' },
    { section: 'Documents', target: 'summaries/c', description: 'with a dash' },
    { section: 'Documents', target: 'summaries/d', description: '' },
  ]);
});

const handmade = `---
okf_version: "0.2"
---
# My index

Welcome.

## Concepts
Some words first.
* [[concepts/zebra]] — Z
- [[concepts/attention]] - old words

### Group
- [[concepts/grouped]] — G

## Favourites
- [[concepts/attention]] — mine

\`\`\`
## Entities
\`\`\`
`;

test('an entry with an escaped bar, as in a table, is that of its page', () => {
  const index = '## Concepts\n- [[concepts/attention\\|it]] — x\n';
  expect(readIndex(index).map(({ target }) => target)).toEqual(['concepts/attention']);
  expect(removeIndexEntries(index, ['concepts/attention'])).toBe('## Concepts\n');
});

test('an edited index keeps its words, its order, its groups and its own sections', () => {
  const index = upsertIndexEntries(handmade, [
    attention,
    { section: 'Concepts', target: 'concepts/new', description: 'N' },
    { section: 'Concepts', target: 'concepts/grouped', description: 'G' },
    { section: 'Entities', target: 'entities/e', label: 'person', description: 'E' },
  ]);
  expect(index).toBe(
    `${handmade.replace(
      '- [[concepts/attention]] - old words\n',
      '- [[concepts/attention]] — Weighs inputs\n- [[concepts/new]] — N\n',
    )}\n## Entities\n\n- [[entities/e]] (person) — E\n`,
  );
});

test('a missing section is added before the next one that is there', () => {
  expect(upsertIndexEntries('# I\n\n## Documents\n\n## Explorations\n', [attention])).toBe(
    '# I\n\n## Documents\n\n## Concepts\n\n- [[concepts/attention]] — Weighs inputs\n\n## Explorations\n',
  );
});

test('an index of CRLF lines without a last line ending keeps its kind of lines', () => {
  expect(upsertIndexEntries('# I\r\n\r\n## Concepts\r\n- [[concepts/a]] — A', [attention])).toBe(
    '# I\r\n\r\n## Concepts\r\n- [[concepts/a]] — A\r\n- [[concepts/attention]] — Weighs inputs\r\n',
  );
});

test('an entry without a label or description does not take away those that are there', () => {
  const index = '## Entities\n- [[entities/e]] (person) — Known for e\n';
  expect(
    upsertIndexEntries(index, [{ section: 'Entities', target: 'entities/e', description: '' }]),
  ).toBe(index);
});

test('a description is made one line without links', () => {
  const index = upsertIndexEntries('', [
    { ...attention, description: ' a\n\n## b [[concepts/gone|c]] `[[d]]` <!-- e \u2028' },
  ]);
  expect(readIndex(index)[0]?.description).toBe('a ## b c `[d]]` <!- e');
  expect(parseLinks(index).map(({ target }) => target)).toEqual(['concepts/attention']);
});

test('removing takes only the lines of those entries, and is strict about names', () => {
  const index =
    '## Documents\n\n- [[summaries/doc]] (short) — D\n\n- [[summaries/doc-2]] (short) — E\n\n## Mine\n- [[summaries/doc]]\n';
  expect(removeIndexEntries(index, ['summaries/doc.md'])).toBe(
    '## Documents\n\n\n- [[summaries/doc-2]] (short) — E\n\n## Mine\n- [[summaries/doc]]\n',
  );
  expect(removeIndexEntries(index, ['summaries/do', 'summaries/DOC'])).toBe(index);
});

const entry: fc.Arbitrary<IndexEntry> = fc.record(
  {
    section: fc.constantFrom('Documents', 'Concepts', 'Entities', 'Explorations'),
    target: fc.stringMatching(/^[a-c]\/[x-z]{1,2}$/),
    label: fc.constantFrom('short', 'person', 'work of art'),
    description: fc.oneof(text(10), fc.constantFrom('One.', 'Two — three', '(four) five')),
  },
  { requiredKeys: ['section', 'target', 'description'] },
);
const entries = fc.uniqueArray(entry, {
  maxLength: 6,
  selector: ({ section, target }) => section + target,
});

test('what is put in is read again, in any page', () => {
  fc.assert(
    fc.property(fc.oneof(markdown, text(50), fc.constant(emptyIndex())), entries, (page, added) => {
      const first = upsertIndexEntries(page, added);
      const read = readIndex(first);
      for (const { section, target, label } of added) {
        const found = read.find((other) => other.section === section && other.target === target);
        expect(found).toBeDefined();
        expect(found?.label).toBe(label ?? found?.label);
      }
      expect(upsertIndexEntries(first, added)).toBe(first);
      expect(upsertIndexEntries(first, read)).toBe(first);
    }),
    { numRuns: 150 },
  );
});

test('putting entries in keeps every line that was there, in order', () => {
  fc.assert(
    fc.property(markdown, entries, (page, added) => {
      const fresh = added.map((one) => ({ ...one, target: `new/${one.target}` }));
      const before = page.split('\n').filter((line) => line.trim() !== '');
      const after = upsertIndexEntries(page, fresh).split('\n');
      let position = 0;
      for (const line of before) {
        position =
          after.findIndex((other, i) => i >= position && other.trimEnd() === line.trimEnd()) + 1;
        expect(position).toBeGreaterThan(0);
      }
    }),
    { numRuns: 150 },
  );
});

test('putting new entries into an index and removing them again gives the index back', () => {
  fc.assert(
    fc.property(entries, entries, (present, added) => {
      // every section is there and has an entry, so nothing but lines is added
      const full = (['Documents', 'Concepts', 'Entities', 'Explorations'] as const).map(
        (section) => ({
          section,
          target: `d/${section}`,
          description: 'x',
        }),
      );
      const page = upsertIndexEntries(emptyIndex(), [...full, ...present]);
      const fresh = added.map((one) => ({ ...one, target: `new/${one.target}` }));
      const more = upsertIndexEntries(page, fresh);
      expect(
        removeIndexEntries(
          more,
          fresh.map(({ target }) => target),
        ),
      ).toBe(page);
    }),
  );
});

test('removing leaves every other line as it is', () => {
  fc.assert(
    fc.property(markdown, (page) => {
      const removed = removeIndexEntries(page, ['concepts/b']);
      const lines = page.split('\n');
      const kept = removed.split('\n');
      expect(lines.length - kept.length).toBe(
        readIndex(page).filter(({ target }) => target === 'concepts/b').length -
          (removed.endsWith('\n') && !page.endsWith('\n') ? 1 : 0),
      );
      expect(readIndex(removed).some(({ target }) => target === 'concepts/b')).toBe(false);
      expect(removeIndexEntries(page, [])).toBe(page);
    }),
  );
});
