import fc from 'fast-check';
import { expect, test } from 'vitest';

import { type MarkdownOptions, markdownLines } from '../../src/report/markdown/markdown-lines.ts';
import { colored, uncolored } from '../../src/report/style.ts';
import stringWidth from '../../src/shims/string-width.ts';

function render(text: string, options: Partial<MarkdownOptions> = {}): string[] {
  const lines = markdownLines({ style: uncolored, columns: 40, ...options });
  return [...lines.push(text), ...lines.end()];
}

test('headings, emphasis, links and code are shown without their marks', () => {
  expect(
    render(
      '## A *title*\n\nIt is **bold** and `co*de*`, see [[concepts/self-attention]], [[a|label]] and [web](https://a.example).\n',
      { columns: 100 },
    ),
  ).toEqual([
    'A title',
    '',
    'It is bold and co*de*, see self attention, label and web (https://a.example).',
  ]);
});

test('on a terminal with colour the marks become styling', () => {
  expect(render('# T\n**b** *i* `c` [[l]]', { style: colored })).toEqual([
    '\u001B[1mT\u001B[22m',
    '\u001B[1mb\u001B[22m \u001B[3mi\u001B[23m \u001B[36mc\u001B[39m \u001B[4ml\u001B[24m',
  ]);
});

test('styling begins with the word that it is of, also on the next line', () => {
  expect(render('aaaa bbbb cccc **dddd** eeee', { style: colored, columns: 16 })).toEqual([
    'aaaa bbbb cccc',
    '\u001B[1mdddd\u001B[22m eeee',
  ]);
});

test('names with underscores, stars of a product and escaped marks are no emphasis', () => {
  expect(render('snake_case_name and 2 * 3 * 4 and \\*this\\*')).toEqual([
    'snake_case_name and 2 * 3 * 4 and *this*',
  ]);
});

test('lists are wrapped below their text, and code is not wrapped', () => {
  expect(
    render(
      '- one two three four five six seven eight nine ten\n  1. deep\n\n```js\nconst a = "**no**"; // longer than forty columns\n```\nafter',
    ),
  ).toEqual([
    '• one two three four five six seven',
    '  eight nine ten',
    '  1. deep',
    '',
    '    const a = "**no**"; // longer than forty columns',
    'after',
  ]);
});

const TABLE =
  '| name | what it is |\n|---|:-:|\n| **lamp** | a light |\n| [[x\\|bell]] | a sound |\n';

test('a table is aligned, and is told row by row where the terminal is too narrow', () => {
  expect(render(TABLE)).toEqual(['name  what it is', 'lamp  a light', 'bell  a sound']);
  expect(render(TABLE, { columns: 12 })).toEqual([
    'name: lamp',
    'what it is:',
    '  a light',
    '',
    'name: bell',
    'what it is:',
    '  a sound',
  ]);
});

test('Chinese is wrapped where there is no space, and a full stop does not begin a line', () => {
  const lines = render('灯塔是一种位于海岸的塔形发光航标用于引导船舶夜间航行。'.repeat(3), {
    columns: 21,
  });
  expect(lines.length).toBeGreaterThan(5);
  for (const line of lines) expect(line).not.toMatch(/^。/);
});

test('however the text is cut into pieces, the lines are the same', () => {
  const text = `# Title\n\nSome *text* with [[a|link]].\r\n\n${TABLE}\n\`\`\`\n[[x]]\n\`\`\`\n> quoted\n- item`;
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: text.length })), (cuts) => {
      const lines = markdownLines({ style: uncolored, columns: 40 });
      const ends = [...cuts, text.length].toSorted((a, b) => a - b);
      const shown = ends.flatMap((end, n) => lines.push(text.slice(ends[n - 1] ?? 0, end)));
      expect([...shown, ...lines.end()]).toEqual(render(text));
    }),
  );
});

test('no line of words is wider than the terminal, and no word is lost', () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,9}$/), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(words, fc.integer({ min: 20, max: 90 }), (list, columns) => {
      const lines = render(list.join(' '), { columns });
      for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
      expect(lines.join(' ')).toBe(list.join(' '));
    }),
  );
});

test('a line of a hundred thousand marks is shown in bounded time', () => {
  for (const mark of ['*', '`a', '[', '_a', '|', '**a', '[['])
    expect(render(mark.repeat(100_000 / mark.length)).length).toBeGreaterThan(0);
});
