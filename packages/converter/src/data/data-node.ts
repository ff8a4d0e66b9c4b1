/** JSON and XML alike, as they are shown: words, named fields, or a list. */
export type DataNode =
  | { readonly kind: 'words'; readonly words: string }
  | { readonly kind: 'fields'; readonly fields: readonly (readonly [name: string, DataNode])[] }
  | { readonly kind: 'list'; readonly items: readonly DataNode[] };

export function words(text: string): DataNode {
  return { kind: 'words', words: text };
}

export function isEmpty(node: DataNode): boolean {
  if (node.kind === 'words') return node.words.trim() === '';
  return (node.kind === 'list' ? node.items : node.fields).length === 0;
}
