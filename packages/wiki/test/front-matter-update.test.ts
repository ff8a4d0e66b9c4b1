import { isDeepStrictEqual } from 'node:util';

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';

import { readFrontMatter, splitFrontMatter, updateFrontMatter } from '../src/index.ts';
import { fields, key, text, value } from './arbitraries.ts';

test('a value is replaced where it stands, with all its lines, and nothing else changes', () => {
  const page =
    '---\r\ntype: A # mine\r\nsources:\r\n- a\r\n- b\r\n\r\n# note\r\nx: [1,\r\n  2]\r\n---\r\nbody\n';
  expect(updateFrontMatter(page, { sources: ['c'] })).toBe(
    '---\r\ntype: A # mine\r\nsources: ["c"]\r\n\r\n# note\r\nx: [1,\r\n  2]\r\n---\r\nbody\n',
  );
  expect(updateFrontMatter(page, { x: undefined })).toBe(
    '---\r\ntype: A # mine\r\nsources:\r\n- a\r\n- b\r\n\r\n# note\r\n---\r\nbody\n',
  );
});

test('a new field goes to the end of the block', () => {
  expect(updateFrontMatter('---\ntype: "A"\n---', { description: 'x' })).toBe(
    '---\ntype: "A"\ndescription: "x"\n---',
  );
});

test('a field that has the value keeps its form', () => {
  const page = "---\ntype: 'A'\nsources:\n  - a\n---\n";
  expect(updateFrontMatter(page, { type: 'A', sources: ['a'] })).toBe(page);
});

test('a duplicate key is left once', () => {
  const page = '---\ntype: "A"\nx: 1\ntype: "B"\n---\n';
  expect(updateFrontMatter(page, { type: 'B' })).toBe('---\ntype: "B"\nx: 1\n---\n');
  expect(updateFrontMatter(page, { type: undefined })).toBe('---\nx: 1\n---\n');
});

test('the older brief gives way to the description', () => {
  const page = '---\nbrief: "x"\ntype: "A"\n---\n';
  expect(updateFrontMatter(page, { description: 'x' })).toBe(
    '---\ndescription: "x"\ntype: "A"\n---\n',
  );
  expect(updateFrontMatter(page, { type: 'A' })).toBe(page);
  expect(updateFrontMatter(page, { description: undefined })).toBe('---\ntype: "A"\n---\n');
});

test('a page without front matter gets a block, behind its byte order mark and with its line endings', () => {
  expect(updateFrontMatter('body\n', { type: 'A' })).toBe('---\ntype: "A"\n---\nbody\n');
  expect(updateFrontMatter('\uFEFFa\r\n', { type: 'A' })).toBe(
    '\uFEFF---\r\ntype: "A"\r\n---\r\na\r\n',
  );
  expect(updateFrontMatter('---\n\nbody\n\n---\n', { type: 'A' })).toBe(
    '---\ntype: "A"\n---\n---\n\nbody\n\n---\n',
  );
  expect(updateFrontMatter('body', { type: undefined })).toBe('body');
});

test('quoted keys are found', () => {
  expect(updateFrontMatter("---\n\"type\": a\n'it''s': b\n---\n", { type: 'c', "it's": 'd' })).toBe(
    '---\ntype: "c"\n"it\'s": "d"\n---\n',
  );
});

test('a block that does not parse keeps its other lines', () => {
  expect(updateFrontMatter('---\na: [1\ntype: x\n---\nbody', { type: 'A' })).toBe(
    '---\na: [1\ntype: "A"\n---\nbody',
  );
});

// every style of YAML that a person or a program may have written
const yaml = fc
  .tuple(
    fields,
    fc.constantFrom('BLOCK_LITERAL', 'BLOCK_FOLDED', 'QUOTE_DOUBLE', 'PLAIN'),
    fc.boolean(),
  )
  .map(([written, style, flow]) => ({
    written,
    block: `---\n${
      Object.keys(written).length === 0
        ? ''
        : stringify(written, {
            defaultStringType: style,
            defaultKeyType: 'PLAIN',
            collectionStyle: flow ? 'flow' : 'block',
            lineWidth: 30,
          } as never)
    }---\n`,
  }))
  // a mapping in flow style at the top, and values that YAML itself does not give back, are not what is tested here
  .filter(({ written, block }) => {
    if (block.startsWith('---\n{')) return false;
    return (
      isDeepStrictEqual(readFrontMatter(block), written) && splitFrontMatter(block).body === ''
    );
  });

test('setting and removing one field leaves the values of all others and every byte of the body', () => {
  fc.assert(
    fc.property(
      yaml,
      key,
      fc.option(value, { nil: undefined }),
      text(),
      (page, name, wanted, body) => {
        const updated = updateFrontMatter(page.block + body, { [name]: wanted });
        const expected: Record<string, unknown> = { ...page.written, [name]: wanted };
        if (wanted === undefined) delete expected[name];
        expect(readFrontMatter(updated)).toEqual(expected);
        expect(splitFrontMatter(updated).body).toBe(body);
        expect(updateFrontMatter(updated, { [name]: wanted })).toBe(updated);
      },
    ),
    { numRuns: 200 },
  );
});

test('setting a field and removing it again gives back the page', () => {
  fc.assert(
    fc.property(yaml, value, text(), ({ written, block }, wanted, body) => {
      fc.pre(!('fresh' in written));
      const updated = updateFrontMatter(block + body, { fresh: wanted });
      expect(updateFrontMatter(updated, { fresh: undefined })).toBe(block + body);
    }),
  );
});
