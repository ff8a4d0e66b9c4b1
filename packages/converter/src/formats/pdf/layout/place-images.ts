import type { Block, PageImage, PlacedBlock } from '../model.ts';

/**
 * Puts a page's pictures between its blocks: each after the last block, in reading order, that stands above
 * its middle without a lower one before it. Pictures of the same height go from left to right.
 */
export function placeImages(blocks: readonly PlacedBlock[], images: readonly PageImage[]): Block[] {
  const after = new Map<number, PageImage[]>();
  for (const image of images.toSorted((a, b) => b.box.y1 - a.box.y1 || a.box.x0 - b.box.x0)) {
    const at = position(blocks, image);
    after.set(at, [...(after.get(at) ?? []), image]);
  }
  const result: Block[] = [];
  for (let index = -1; index < blocks.length; index += 1) {
    const block = blocks[index]?.block;
    if (block !== undefined) result.push(block);
    for (const { name } of after.get(index) ?? [])
      result.push({ kind: 'image', name, alt: caption(blocks[index + 1]?.block) });
  }
  return result;
}

/** Index of the block that the picture follows, or -1: the lowest one above its middle, in its column if it has one. */
function position(blocks: readonly PlacedBlock[], { box }: PageImage): number {
  const middle = (box.y0 + box.y1) / 2;
  const above = [...blocks.entries()].filter(([, { y }]) => y >= middle);
  const beside = above.filter(([, { x0, x1 }]) => x0 < box.x1 && x1 > box.x0);
  const [lowest] = (beside.length > 0 ? beside : above).toSorted(([, a], [, b]) => a.y - b.y);
  if (lowest !== undefined) return lowest[0];
  const below = blocks.findIndex(({ x0, x1 }) => x0 < box.x1 && x1 > box.x0);
  return Math.max(-1, below - 1);
}

/** `Figure 3` of a caption below the picture. */
function caption(block: Block | undefined): string {
  const text = block?.kind === 'paragraph' || block?.kind === 'heading' ? block.text : '';
  const label =
    /^(?:fig(?:ure|\.)?|abb(?:ildung|\.)?|table|tab\.|chart|exhibit|photo|図|图)\s*[\dA-Z]+(?:[.-]\d+)*/iu;
  return label.exec(text)?.[0] ?? 'image';
}
