import type { Root as HtmlRoot } from 'hast';
import type { Root } from 'mdast';

import { pause } from '../pause.ts';
import { guardMarks } from './guard-marks.ts';
import { handlers } from './handlers.ts';
import { dropPositions } from './hast.ts';
import { linkHeadings } from './heading-links.ts';
import { nodesOf } from './mdast.ts';
import { documentPieces, pagePieces } from './pieces.ts';
import { tidyMarkdown } from './tidy.ts';
import { tightenLists } from './tighten-lists.ts';

export interface Trees {
  parseHtml(html: string): HtmlRoot;
  /** The tree is used up. The event loop turns between the pieces of a long one. */
  treeToMarkdown(tree: HtmlRoot, signal?: AbortSignal): Promise<string>;
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
  // the types of a chain that turns one kind of tree into another are lost on the way
  const turn = (tree: HtmlRoot): Root => printer.runSync(turner.runSync(tree)) as unknown as Root;
  return {
    parseHtml(html) {
      const tree = parser.parse(html);
      dropPositions(tree);
      return tree;
    },
    async treeToMarkdown(tree, signal) {
      const markdown: Root = { type: 'root', children: [] };
      for (const piece of pagePieces(tree)) {
        // oxlint-disable-next-line no-await-in-loop -- one after the other
        if (markdown.children.length > 0) await pause(signal);
        for (const child of turn(piece).children) markdown.children.push(child);
      }
      linkHeadings(markdown, print);
      tightenLists(markdown);
      for (const node of nodesOf(markdown)) if (node.type === 'paragraph') guardMarks(node);
      const printed: string[] = [];
      for (const piece of documentPieces(markdown)) {
        // oxlint-disable-next-line no-await-in-loop -- one after the other
        if (printed.length > 0) await pause(signal);
        printed.push(print(piece));
      }
      return printed.join('\n');
    },
  };
}
