/**
 * The words of one Markdown paragraph, without its marks: link and emphasis syntax, images, HTML
 * tags, citation numbers. Every pattern is bounded, so that no input makes it slow.
 */
import { collapseSpaces } from './normalise.ts';

/** Escaped punctuation is kept out of the way of the patterns in this block of private characters. */
const ESCAPE_BASE = 0xe000;

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  middot: '·',
};

/** `[12]`, `[3, 7]`, `[4-6]`, `[^1]`, `[edit]`, `[citation needed]`: marks of the edition, not words. */
const EDITORIAL =
  /\[(?:\^[^\]\s]{1,40}|\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,12}|edit|citation needed|Bearbeiten|编辑)\]/g;

const TARGET = String.raw`\((?:[^()\n]|\([^()\n]{0,200}\)){0,1000}\)`;
const IMAGE = new RegExp(String.raw`!\[[^\]\n]{0,500}\](?:${TARGET}|\[[^\]\n]{0,100}\])`, 'g');
const LINK = new RegExp(String.raw`\[([^[\]\n]{0,500})\](?:${TARGET}|\[[^[\]\n]{0,100}\])`, 'g');
const WIKILINK = /\[\[([^[\]\n|]{1,300})(?:\|([^[\]\n]{1,300}))?\]\]/g;

/** Plain words of a paragraph's Markdown, on one line. */
export function plainInline(markdown: string): string {
  const bare = MARKS.test(markdown) ? withoutMarks(markdown) : markdown;
  return collapseSpaces(bare).replace(/ (?=[,;:.!?)](?:\s|$))/g, '');
}

/** What the patterns below begin with, and what escaped punctuation becomes. */
const MARKS = /[\\[<`*_~&\uE000-\uE07F]/;

function withoutMarks(markdown: string): string {
  let text = markdown.replace(/\\([!-/:-@[-`{-~])/g, (_, mark: string) =>
    String.fromCodePoint(ESCAPE_BASE + (mark.codePointAt(0) ?? 0)),
  );
  text = text
    .replace(IMAGE, ' ')
    .replace(WIKILINK, (_, target: string, label?: string) => label ?? target)
    .replace(EDITORIAL, '')
    .replace(LINK, '$1')
    .replace(/\[\]/g, '')
    .replace(/<(?:https?|mailto):[^<>\s]{1,2000}>/g, ' ')
    .replace(
      /<\/?(?:sub|sup|i|b|em|strong|u|span|a|code|kbd|mark|small|abbr)(?:\s[^<>]{0,500})?>/gi,
      '',
    )
    .replace(/<\/?[a-zA-Z][^<>]{0,500}>/g, ' ')
    .replace(/`{1,3}/g, '')
    .replace(/\*\*|__(?=\S)|(?<=\S)__|~~/g, '');
  if (text.includes('*'))
    text = text.replace(/(?<=^|[^\p{L}\p{N}*])\*(?=\S)|(?<=\S)\*(?=$|[^\p{L}\p{N}*])/gu, '');
  if (text.includes('_'))
    text = text.replace(
      /(?<=^|[^\p{L}\p{N}_])_(?=[\p{L}\p{N}"'(])|(?<=[\p{L}\p{N}"').,])_(?=$|[^\p{L}\p{N}_])/gu,
      '',
    );
  return text
    .replace(/&(?:#(\d{1,6})|#x([\da-f]{1,5})|([a-z]{2,8}));/gi, decodeEntity)
    .replace(/[\uE000-\uE07F]/g, (mark) =>
      String.fromCodePoint((mark.codePointAt(0) ?? ESCAPE_BASE) - ESCAPE_BASE),
    );
}

function decodeEntity(whole: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  const printable = code >= 0x20 && code < 0xd800 && !(code >= 0x7f && code <= 0xa0);
  return printable ? String.fromCodePoint(code) : ' ';
}
