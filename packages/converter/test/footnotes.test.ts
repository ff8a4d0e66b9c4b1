import { describe, expect, test } from 'vitest';

import { htmlToMarkdown } from '../src/html-to-markdown/html-to-markdown.ts';
import { convert } from '../src/index.ts';
import { noteCall, notes, paragraph, writeDocx } from './support/docx.ts';
import { footnotes } from './support/links.ts';

const markdownOf = async (html: string) => (await htmlToMarkdown(html)).markdown;
const call = (id: string, text = '1') => `<sup><a href="#fn${id}" id="ref${id}">${text}</a></sup>`;
const note = (id: string, text: string) =>
  `<li id="fn${id}">${text} <a href="#ref${id}">↩</a></li>`;

describe('what stands beside the mark of a footnote', () => {
  test.each([
    ['a colon', `<p>${call('1')}: b`, '[^1]: b'],
    ['a bracket', `<p>a${call('1')}(b)`, 'a[^1](b)'],
    ['another mark', `<p>a${call('1')}${call('2')}`, 'a[^1][^2]'],
    [
      'another mark in one raised text',
      '<p>a<sup><a href="#fn1" id="ref1">1</a>, <a href="#fn2" id="ref2">2</a></sup>',
      'a[^1][^2]',
    ],
    [
      'a word in the raised text',
      '<p>a<sup>see <a href="#fn1" id="ref1">1</a></sup>',
      'a<sup>see [^1]</sup>',
    ],
  ])('%s leaves it a mark', async (_what, text, shown) => {
    const markdown = await markdownOf(`${text}<ol>${note('1', 'One')}${note('2', 'Two')}</ol>`);
    const { called, given } = footnotes(markdown);
    expect(called).toContain('1');
    expect(given).toContain('1');
    expect(markdown.split('\n')[0]?.replaceAll('\\', '')).toBe(shown);
  });
});

describe('a link that may be no footnote stays words', () => {
  test.each([
    ['without a link back', '<p>a<sup><a href="#i" id="r">1</a></sup><ol><li id="i">b</ol>'],
    [
      'that is not raised',
      '<p>a <a href="#i" id="r">1</a><ol><li id="i">b <a href="#r">up</a></ol>',
    ],
    [
      'to an item above it',
      '<ol><li id="i">b <a href="#r">up</a></ol><p>a<sup><a href="#i" id="r">1</a></sup>',
    ],
    ['to a paragraph', '<p>a<sup><a href="#i" id="r">1</a></sup><p id="i">b <a href="#r">up</a>'],
    [
      'of a whole sentence',
      '<p><sup><a href="#i" id="r">A sentence that is raised as a whole</a></sup><ol><li id="i">b <a href="#r">up</a></ol>',
    ],
  ])('%s', async (_what, html) => {
    const markdown = await markdownOf(html);
    expect(footnotes(markdown)).toEqual({ called: [], given: [] });
    expect(markdown).toContain('b');
    expect(markdown).not.toContain('](#');
  });
});

test('items of a list of notes that nothing calls stay in their list', async () => {
  expect(await markdownOf(`<p>a${call('1')}<ol><li>Zero</li>${note('1', 'One')}</ol><p>b`)).toBe(
    'a[^1]\n\n1. Zero\n\nb\n\n[^1]: One\n',
  );
});

test('notes in a table are put at the end, for a cell has no room for them', async () => {
  const html = `<table><tr><th>a${call('1')}<tr><td><ol>${note('1', 'One')}</ol></table><p>b`;
  expect(await markdownOf(html)).toBe('| a[^1] |\n| - |\n| |\n\nb\n\n[^1]: One\n');
});

test('a note that calls a note, and one without words, are kept', async () => {
  const html = `<p>a${call('1')}<ol>${note('1', `One${call('2')}`)}${note('2', '')}</ol>`;
  const markdown = await markdownOf(html);
  expect(footnotes(markdown)).toEqual({ called: ['1', '2'], given: ['1', '2'] });
  expect(markdown).not.toContain('↩');
});

test('12,000 marks that touch are read in one pass', async () => {
  // looking from each over those behind it takes many minutes
  expect(await markdownOf(pageOfTouchingMarks(12_000))).toContain('[^12000]\n');
});

test('words that look like a footnote are no footnote', async () => {
  const markdown = await markdownOf('<p>a[^1]<p>[^1]: b<footnote-mark>c</footnote-mark>');
  expect(footnotes(markdown)).toEqual({ called: [], given: [] });
  expect(markdown).toContain('c');
});

test('a footnote in a heading is no part of its name', async () => {
  const { outline, markdown } = await convert({
    name: 'a.html',
    bytes: Buffer.from(`<h1>Bees${call('1')}</h1><ol>${note('1', 'One')}</ol>`),
  });
  expect(markdown).toBe('# Bees[^1]\n\n[^1]: One\n');
  expect(outline).toEqual([{ title: 'Bees', level: 1 }]);
});

test('footnotes, endnotes and comments of a Word document have one row of numbers', async () => {
  const { markdown } = await convert({
    name: 'a.docx',
    bytes: writeDocx({
      body: `<w:p>${noteCall('comment', 0)}${noteCall('endnote', 2)}${noteCall('footnote', 2)}</w:p>${paragraph('b')}`,
      ...notes({ footnotes: ['Foot'], endnotes: ['End'], comments: [['', 'Why?']] }),
    }),
  });
  expect(markdown).toBe('[^1][^2][^3]\n\nb\n\n[^2]: End\n\n[^3]: Foot\n\n[^1]: Comment: Why?\n');
});

function pageOfTouchingMarks(count: number): string {
  const ids = Array.from({ length: count }, (_, index) => `${index}`);
  const marks = ids.map((id) => `<a href="#fn${id}" id="ref${id}">1</a>`).join('');
  return `<p>a<sup>${marks}</sup><ol>${ids.map((id) => note(id, 'x')).join('')}</ol>`;
}
