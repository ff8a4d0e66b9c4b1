import type { Root as HtmlRoot } from 'hast';
import type { Root } from 'mdast';

import { guardMarks } from './guard-marks.ts';
import { handlers } from './handlers.ts';
import { linkHeadings } from './heading-links.ts';
import { nodesOf } from './mdast.ts';
import { tidyMarkdown } from './tidy.ts';
import { tightenLists } from './tighten-lists.ts';

export interface Trees {
  parseHtml(html: string): HtmlRoot;
  treeToMarkdown(tree: HtmlRoot): string;
}

let loaded: Promise<Trees> | undefined;

/** The libraries are some hundred modules: they are loaded when the first page is converted. */
export function loadTrees(): Promise<Trees> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<Trees> {
  const [{ unified }, rehypeParse, rehypeRemark, remarkGfm, remarkStringify] = await Promise.all([
    import('unified'),
    import('rehype-parse'),
    import('rehype-remark'),
    import('remark-gfm'),
    import('remark-stringify'),
  ]);
  const parser = unified().use(rehypeParse.default);
  const turner = unified().use(rehypeRemark.default, { handlers });
  const printer = unified()
    // cells padded to the widest would double the size of wide tables
    .use(remarkGfm.default, { tablePipeAlign: false })
    .use(remarkStringify.default, {
      bullet: '-',
      emphasis: '*',
      fences: true,
      listItemIndent: 'one',
      rule: '-',
      ruleSpaces: false,
    });
  const print = (tree: Root): string => tidyMarkdown(printer.stringify(tree));
  return {
    parseHtml: (html) => parser.parse(html),
    treeToMarkdown(tree) {
      // the types of a chain that turns one kind of tree into another are lost on the way
      const turned: unknown = printer.runSync(turner.runSync(tree));
      const markdown = turned as Root;
      linkHeadings(markdown, print);
      tightenLists(markdown);
      for (const node of nodesOf(markdown)) if (node.type === 'paragraph') guardMarks(node);
      return print(markdown);
    },
  };
}
