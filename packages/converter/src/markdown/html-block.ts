const RAW_TAG = /^<(?:script|pre|style|textarea)(?=[\s>]|$)/i;
const RAW_END = /<\/(?:script|pre|style|textarea)>/i;
const BLOCK_TAG =
  /^<\/?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul)(?=[\s/>]|$)/i;
const LONE_TAG =
  /^(?:<[a-z][a-z0-9-]*(?:\s+[a-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?)*\s*\/?>|<\/[a-z][a-z0-9-]*\s*>)[ \t]*$/i;

/** What ends a block of raw HTML: a line with the pattern on it, or the next blank line. */
export type HtmlEnd = RegExp | 'blank';

/**
 * How the block that a line opens ends (CommonMark 0.31, 4.6), or `undefined` when it opens none. A lone tag does
 * not interrupt a paragraph.
 */
export function htmlBlockEnd(content: string, paragraphIsOpen: boolean): HtmlEnd | undefined {
  if (!content.startsWith('<')) return undefined;
  if (RAW_TAG.test(content)) return RAW_END;
  if (content.startsWith('<!--')) return /-->/;
  if (content.startsWith('<?')) return /\?>/;
  if (content.startsWith('<![CDATA[')) return /\]\]>/;
  if (/^<![A-Za-z]/.test(content)) return />/;
  if (BLOCK_TAG.test(content)) return 'blank';
  return !paragraphIsOpen && LONE_TAG.test(content) ? 'blank' : undefined;
}

/** Whether a line, the first too, is the last of its block. */
export function endsHtmlBlock(content: string, end: HtmlEnd): boolean {
  return end === 'blank' ? content === '' : end.test(content);
}
