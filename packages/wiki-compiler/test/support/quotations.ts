import { splitFrontMatter } from '@openkb/wiki';

import { unlinkMentions } from '../../src/extractive/links/link-names.ts';
import { unescapeMarkdown } from '../../src/extractive/pages/escape.ts';
import { readBlocks } from '../../src/extractive/text/blocks.ts';
import { readPlainBlocks } from '../../src/extractive/text/plain-blocks.ts';

/** What a source says, in the compiler's own normalisation: the text that quotations are looked up in. */
export function sourceText(markdown: string, format: string): string {
  const blocks = format === 'text' ? readPlainBlocks(markdown) : readBlocks(markdown);
  return blocks.map(({ text }) => text).join(' ');
}

/** Every sentence that a page quotes: block quotes of topics, paragraphs and outline of summaries. */
export function quotedSentences(path: string, text: string): string[] {
  const { body } = splitFrontMatter(text);
  return body
    .split('\n')
    .flatMap((line) => (path.startsWith('summaries/') ? summaryLine(line) : topicLine(line)))
    .map((quoted) => unescapeMarkdown(unlinkMentions(quoted)))
    .map((quoted) => quoted.replace(/ \(p\. \d+\)$/, '').replace(/…$/, ''));
}

function topicLine(line: string): string[] {
  return line.startsWith('> ') && !line.startsWith('> — ') ? [line.slice(2)] : [];
}

function summaryLine(line: string): string[] {
  if (/^(?:#|\*|Authors: |<!-- extractive-page |$)/.test(line)) return [];
  const outline = /^\s*- \*\*(?:\\.|[^\\*])*\*\*(?: \(p\. \d+\))?(?:: (.*))?$/.exec(line);
  if (outline !== null) return outline[1] === undefined ? [] : [outline[1]];
  return line.startsWith('- [[') ? [] : [line];
}
