import fc from 'fast-check';
import { expect, test } from 'vitest';

import { linkText, parseLinks, rewriteLinks, wikilink } from '../src/index.ts';
import { markdown, text } from './arbitraries.ts';

const targets = (page: string): string[] => parseLinks(page).map(({ target }) => target);

test('a link has a target, a heading, a label and its place', () => {
  const page = 'See [[concepts/a#Why not|this one]].';
  const [link] = parseLinks(page);
  expect(link).toEqual({
    target: 'concepts/a',
    heading: 'Why not',
    label: 'this one',
    start: 4,
    end: 35,
  });
  expect(page.slice(link?.start, link?.end)).toBe('[[concepts/a#Why not|this one]]');
});

test.each([
  ['[[a]]', [{ target: 'a' }]],
  ['[[ a | b ]]', [{ target: 'a', label: 'b' }]],
  ['[[a|b|c]]', [{ target: 'a', label: 'b|c' }]],
  ['[[#h]]', [{ target: '', heading: 'h' }]],
  ['| [[a\\|b]] |', [{ target: 'a', label: 'b' }]],
  ['![[a.png]]', [{ target: 'a.png', embed: true }]],
  ['\\[[a]] \\\\[[b]]', [{ target: 'b' }]],
  ['[[a.md]]', [{ target: 'a.md' }]],
  ['[[a', []],
  ['[[a\nb]]', []],
  ['[[]]', []],
  ['[[[a]]]', [{ target: 'a' }]],
])('%s', (page, expected) => {
  expect(parseLinks(page)).toMatchObject(expected);
  expect(parseLinks(page).map((link) => Object.keys(link).length - 2)).toEqual(
    expected.map((link) => Object.keys(link).length),
  );
});

test.each([
  ['a fenced block', '```md\n[[a]]\n```\n[[b]]'],
  ['a fenced block with tildes that holds backticks', '~~~\n```\n[[a]]\n~~~\n[[b]]'],
  ['a fenced block that is longer', '````\n```\n[[a]]\n````\n[[b]]'],
  ['a fenced block in a list', '- x\n\n  ```\n  [[a]]\n  ```\n- [[b]]'],
  ['a fenced block in a quotation', '> ```\n> [[a]]\n> ```\n\n[[b]]'],
  ['a code span', '`[[a]]` [[b]]'],
  ['a code span of two backticks', '``a ` [[a]]`` [[b]]'],
  ['a code span over two lines', '`x\n[[a]]` [[b]]'],
  ['an indented block', 'x\n\n    [[a]]\n\n[[b]]'],
  ['front matter', '---\nx: "[[a]]"\n---\n[[b]]'],
])('what lies in %s is no link', (_, page) => {
  expect(targets(page)).toEqual(['b']);
});

test('code without an end reaches to the end of the page', () => {
  expect(targets('[[b]]\n```\n[[a]]')).toEqual(['b']);
});

test.each([
  ['a backtick without a partner', 'a ` b [[b]]'],
  ['a backtick in another paragraph', 'a ` b\n\n[[b]] `'],
  ['a backtick in another list item', '- a ` b\n- [[b]]\n- c ` d'],
  ['a backtick in a heading', '# a ` b\n[[b]] `'],
  ['escaped backticks', '\\`[[b]]\\`'],
  ['an indented continuation of a list item', '- x\n\n    [[b]]'],
  ['an indented line of a paragraph', 'x\n    [[b]]'],
])('%s hides no link', (_, page) => {
  expect(targets(page)).toEqual(['b']);
});

test('links of the front matter are found when they are asked for', () => {
  const page = '---\nx: "[[a|`]]"\n---\n[[b]] `';
  expect(parseLinks(page, { frontMatter: true }).map(({ target }) => target)).toEqual(['a', 'b']);
});

test('a wikilink is parsed to what it was made of', () => {
  expect(wikilink('concepts/a', 'text')).toBe('[[concepts/a|text]]');
  expect(wikilink('concepts/a')).toBe('[[concepts/a]]');
  expect(wikilink('concepts/a', 'concepts/a')).toBe('[[concepts/a]]');
  expect(wikilink('a', 'the [2nd] of | two\nlines')).toBe('[[a|the (2nd) of / two lines]]');
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z]+\/[a-z-]+$/), text(), (target, label) => {
      const link = parseLinks(wikilink(target, label));
      expect(link).toHaveLength(1);
      expect(link[0]?.target).toBe(target);
    }),
  );
});

test('links have their places in order, and rewriting with themselves changes no byte', () => {
  fc.assert(
    fc.property(fc.oneof(markdown, text(60)), (page) => {
      const links = parseLinks(page, { frontMatter: true });
      let position = 0;
      for (const { start, end, target } of links) {
        expect(start).toBeGreaterThanOrEqual(position);
        expect(page.slice(start, end)).toMatch(/^\[\[[^[\]\n]+\]\]$/);
        expect(page.slice(start, end)).toContain(target);
        position = end;
      }
      expect(rewriteLinks(page, ({ start, end }) => page.slice(start, end))).toBe(page);
      expect(rewriteLinks(page, () => undefined)).toBe(page);
    }),
    { numRuns: 300 },
  );
});

test('rewriting one link leaves every byte outside of it', () => {
  fc.assert(
    fc.property(markdown, fc.nat(), (page, pick) => {
      const links = parseLinks(page);
      fc.pre(links.length > 0);
      const chosen = links[pick % links.length];
      const rewritten = rewriteLinks(page, (link) =>
        link.start === chosen?.start ? '[[new]]' : undefined,
      );
      expect(rewritten).toBe(`${page.slice(0, chosen?.start)}[[new]]${page.slice(chosen?.end)}`);
    }),
  );
});

test('an embed loses its mark with its link, and keeps it with another link', () => {
  expect(rewriteLinks('a ![[b]] c', linkText)).toBe('a b c');
  expect(rewriteLinks('a ![[b]] c', () => '[[d]]')).toBe('a ![[d]] c');
});

test('the text of a link is its label or the words of its target', () => {
  expect(
    parseLinks('[[concepts/self-attention]] [[a|B]] [[#Why]] [[x_y.md]]').map(linkText),
  ).toEqual(['self attention', 'B', 'Why', 'x y']);
});
