/** A section tree as plain lines, for people. */

interface Printable {
  readonly id: string;
  readonly title: string;
  readonly children: readonly Printable[];
  readonly keyItems?: readonly string[];
  readonly startPage?: number;
  readonly endPage?: number;
  readonly startLine?: number;
  readonly endLine?: number;
}

const rangeOf = (node: Printable): string => {
  const lines = node.startLine !== undefined;
  const start = node.startLine ?? node.startPage ?? 0;
  const end = node.endLine ?? node.endPage ?? start;
  const unit = lines ? 'line' : 'page';
  return start === end ? `${unit} ${start}` : `${unit}s ${start}–${end}`;
};

const linesOf = (node: Printable, indent: string): readonly string[] => [
  `${indent}${node.id} ${node.title} (${rangeOf(node)})`,
  ...(node.keyItems ?? []).map((item) => `${indent}     · ${item}`),
  ...node.children.flatMap((child) => linesOf(child, `${indent}  `)),
];

/**
 * One line a section: id, title, and the range of pages or lines; subsections are indented by two
 * spaces, merged titles follow after a dot. Ends without a line break; a tree without nodes is ''.
 */
export const formatTree = (tree: { readonly nodes: readonly Printable[] }): string =>
  tree.nodes.flatMap((node) => linesOf(node, '')).join('\n');
