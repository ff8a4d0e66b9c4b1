import fc from 'fast-check';
import { expect, test } from 'vitest';

interface Node {
  readonly tag: string;
  readonly children: (Node | string)[];
  readonly to?: string;
  readonly href?: string;
  readonly name?: string;
}

// a script of the page, which is JavaScript without types
const script = '../../src/visualize/graph-page/markdown.js';
const { markdown } = (await import(script)) as { markdown: (text: string) => (Node | string)[] };

const text = (node: Node | string): string =>
  typeof node === 'string' ? node : node.children.map(text).join('');

const short = (node: Node | string): unknown =>
  typeof node === 'string' ? node : [node.tag, ...node.children.map(short)];

const all = (nodes: readonly (Node | string)[]): Node[] =>
  nodes.flatMap((node) => (typeof node === 'string' ? [] : [node, ...all(node.children)]));

test('blocks and emphasis become elements', () => {
  const found = markdown(
    '---\ntype: "x"\n---\n# A *b* c\n\nOne\ntwo **three** `four`\n\n> said\n\n---\n',
  );
  expect(found.map(short)).toEqual([
    ['h1', 'A ', ['em', 'b'], ' c'],
    ['p', 'One two ', ['strong', 'three'], ' ', ['code', 'four']],
    ['blockquote', ['p', 'said']],
    ['hr'],
  ]);
});

test('lists nest, tables have rows, code stays as it is', () => {
  const found = markdown(
    '- a\n  - b\n- c\n\n1. one\n2. two\n\n| x | y |\n|---|---|\n| 1 | [[p\\|q]] |\n\n```\n<b>\n# no\n```\n',
  );
  expect(found.map(short)).toEqual([
    ['ul', ['li', 'a', ['ul', ['li', 'b']]], ['li', 'c']],
    ['ol', ['li', 'one'], ['li', 'two']],
    ['table', ['tr', ['th', 'x'], ['th', 'y']], ['tr', ['td', '1'], ['td', ['a', 'q']]]],
    ['pre', ['code', '<b>\n# no']],
  ]);
});

test('links lead to pages and to the web; any other address is text', () => {
  const found = all(
    markdown(
      '[[concepts/a-b]] [x](../concepts/c.md) [w](https://w.org/a) [j](javascript:alert(1)) [d](data:text/html,x) ![p](a.png)',
    ),
  );
  expect(found.flatMap(({ to }) => (to === undefined ? [] : [to]))).toEqual([
    'concepts/a-b',
    '../concepts/c.md',
  ]);
  expect(found.flatMap(({ href }) => (href === undefined ? [] : [href]))).toEqual([
    'https://w.org/a',
  ]);
  expect(found.map(text)).toContain('[picture: p]');
});

test('HTML of a page is text, and comments are not shown', () => {
  const found = markdown('<img src=x onerror=alert(1)> <!-- hidden -->\n');
  expect(found.map(text).join('')).toContain('<img src=x onerror=alert(1)>');
  expect(found.map(text).join('')).not.toContain('hidden');
  expect(all(found).map(({ tag }) => tag)).toEqual(['p']);
});

test('any text becomes known elements only, with no address but of the web', () => {
  const piece = fc.constantFrom(
    '# ',
    '- ',
    '> ',
    '`',
    '```',
    '*',
    '**',
    '[',
    '](',
    ')',
    '[[',
    ']]',
    '|',
    '\n',
    ' ',
    'javascript:',
    'https://a.b',
    '<',
    '1. ',
    '---',
    'word',
    '\\',
    '~~',
  );
  const known = new Set(
    'a blockquote code del em h1 h2 h3 h4 h5 h6 hr li ol p pre span strong table td th tr ul'.split(
      ' ',
    ),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      for (const { tag, href } of all(markdown(pieces.join('')))) {
        expect(known).toContain(tag);
        expect(href ?? 'https:').toMatch(/^https?:/);
      }
    }),
    { numRuns: 500 },
  );
});

test.each([
  '['.repeat(20_000),
  '`a'.repeat(10_000),
  '*a '.repeat(6000),
  '> '.repeat(5000),
  '1. '.repeat(5000),
  '![a]('.repeat(4000),
])('a hostile text is read in the end', (hostile) => {
  expect(markdown(hostile).map(text).join('')).not.toBe('');
});
