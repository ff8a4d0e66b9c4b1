import type { Root as HtmlRoot } from 'hast';
import type { Root } from 'mdast';
import rehypeParse from 'rehype-parse';
import rehypeRemark from 'rehype-remark';
import remarkGfm from 'remark-gfm';
import remarkStringify from 'remark-stringify';
import { unified } from 'unified';

import { handlers } from './handlers.ts';

const parser = unified().use(rehypeParse);
const turner = unified().use(rehypeRemark, { handlers });
const printer = unified()
  // cells padded to the widest would double the size of wide tables
  .use(remarkGfm, { tablePipeAlign: false })
  .use(remarkStringify, {
    bullet: '-',
    emphasis: '*',
    fences: true,
    listItemIndent: 'one',
    rule: '-',
    ruleSpaces: false,
  });

export function parseHtml(html: string): HtmlRoot {
  return parser.parse(html);
}

export function treeToMarkdown(tree: HtmlRoot): string {
  const markdown = turner.runSync(tree) as unknown as Root;
  return printer.stringify(printer.runSync(markdown) as Root);
}
