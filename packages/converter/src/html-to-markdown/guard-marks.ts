import type { Paragraph, PhrasingContent } from 'mdast';

/**
 * Escapes the colon after a footnote's mark that begins a line: `[^1]:` would begin the footnote's text, which
 * the printer does not look for.
 */
export function guardMarks(paragraph: Paragraph): void {
  const { children } = paragraph;
  paragraph.children = children.flatMap((node, index): PhrasingContent[] => {
    const isAfterMark = children[index - 1]?.type === 'footnoteReference';
    if (!isAfterMark || node.type !== 'text' || !node.value.startsWith(':')) return [node];
    const before = children[index - 2];
    if (before !== undefined && before.type !== 'break') return [node];
    return [
      { type: 'html', value: '\\:' },
      { type: 'text', value: node.value.slice(1) },
    ];
  });
}
