import fc from 'fast-check';
import { expect, test } from 'vitest';

import { readFrontMatter, splitFrontMatter, writeFrontMatter } from '../src/index.ts';
import { fields, key, markdown, text } from './arbitraries.ts';

test.each([
  ['LF', '---\ntype: "A"\n---\n', 'body\n'],
  ['CRLF', '---\r\ntype: "A"\r\n---\r\n', 'body\r\n'],
  ['a byte order mark', '\uFEFF---\ntype: "A"\n---\n', 'body'],
  ['the closing line as the last bytes of the file', '---\ntype: "A"\n---', ''],
  ['nothing in it', '---\n---\n', 'body'],
  ['white space behind the dashes', '--- \ntype: "A"\n---\t\n', 'body'],
  ['dashes inside a value', '---\ndescription: "a --- b"\nx: |\n  ---\n---\n', 'body'],
  ['dashes in the body', '---\ntype: "A"\n---\n', '---\nbody\n---\n'],
  ['a comment first', '---\n# made by hand\n\ntype: A\n---\n', 'body'],
])('a block with %s is cut off whole', (_, block, body) => {
  expect(splitFrontMatter(block + body)).toEqual({ block, body });
});

test.each([
  ['no closing line', '---\ntype: "A"\nbody'],
  ['a thematic break and a paragraph', '---\n\nHello there\n\n---\n\nmore'],
  ['a line before', '\n---\ntype: "A"\n---\n'],
  ['more dashes', '----\ntype: "A"\n----\n'],
  ['nothing', ''],
  ['three dashes and no line ending', '---'],
])('a text with %s has no front matter', (_, page) => {
  expect(splitFrontMatter(page)).toEqual({ block: '', body: page });
  expect(readFrontMatter(page)).toEqual({});
});

test('block and body together are the text', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        text(60),
        fc.tuple(text(), markdown).map((p) => `---\n${p.join('\n---\n')}`),
      ),
      (page) => {
        const { block, body } = splitFrontMatter(page);
        expect(block + body).toBe(page);
      },
    ),
  );
});

test('YAML in any style is read', () => {
  const page =
    "---\ntype: Concept\nsources:\n  - summaries/a.md\n  - 'summaries/b.md'\nn: 3\nt: 2024-01-02\n---\n";
  expect(readFrontMatter(page)).toEqual({
    type: 'Concept',
    sources: ['summaries/a.md', 'summaries/b.md'],
    n: 3,
    t: '2024-01-02',
  });
});

test('the last of duplicate keys counts, in plain YAML and in JSON values', () => {
  expect(readFrontMatter('---\ntype: A\ntype: B\n---\n')).toEqual({ type: 'B' });
  expect(readFrontMatter('---\ntype: "A"\ntype: "B"\n---\n')).toEqual({ type: 'B' });
});

test.each([
  ['not YAML', '---\na: [1\nb: "x\n---\n'],
  ['a list', '---\n- a: 1\n---\n'],
  ['an alias without an anchor', '---\na: *b\n---\n'],
  [
    'aliases that expand without end',
    `---\na0: &a0 [x,x,x,x,x,x,x,x,x]\n${Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(',')}]\n`).join('')}---\n`,
  ],
])('a block that is %s has no fields', (_, page) => {
  expect(splitFrontMatter(page).body).toBe(page.startsWith('---\n- ') ? page.slice(16) : '');
  expect(readFrontMatter(page)).toEqual({});
});

test('the older brief is read as description, unless there is one', () => {
  expect(readFrontMatter('---\nbrief: "x"\n---\n')).toEqual({ description: 'x' });
  expect(readFrontMatter('---\ndescription: "y"\nbrief: "x"\n---\n')).toEqual({ description: 'y' });
});

test('a key of the object prototype is a field like others', () => {
  const read = readFrontMatter('---\n__proto__: "x"\ntype: "A"\n---\n');
  expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
  expect(read['type']).toBe('A');
});

test('every field is one line, JSON-quoted, in the order given; undefined is left out', () => {
  const page = writeFrontMatter({
    type: 'Concept',
    gone: undefined,
    sources: ['summaries/a.md', 'b "c"'],
    description: 'a: b # c\n--- "d"',
    generated: { by: 'openkb/1', at: undefined },
    partial: true,
    yes: null,
  });
  expect(page).toBe(
    `---
type: "Concept"
sources: ["summaries/a.md", "b \\"c\\""]
description: "a: b # c\\n--- \\"d\\""
generated: {"by": "openkb/1"}
partial: true
"yes": null
---
`,
  );
});

test('what is written is read again, before any body', () => {
  fc.assert(
    fc.property(fields, text(), (written, body) => {
      const block = writeFrontMatter(written);
      expect(splitFrontMatter(block + body)).toEqual({ block, body });
      expect(readFrontMatter(block + body)).toEqual(written);
      expect(block.split('\n')).toHaveLength(Object.keys(written).length + 3);
    }),
    { numRuns: 150 },
  );
});

test('the quick way of reading finds what the YAML parser finds', () => {
  fc.assert(
    fc.property(fields, key, (written, extra) => {
      fc.pre(!(extra in written));
      const block = writeFrontMatter(written);
      // a plain scalar sends the whole block to the YAML parser
      const slow = block.replace(/---\n$/, `${JSON.stringify(extra)}: plain words\n---\n`);
      expect(readFrontMatter(slow)).toEqual({ ...readFrontMatter(block), [extra]: 'plain words' });
    }),
  );
});
