import type { Block, Box, PlacedBlock } from '../model.ts';

/** A picture or a table, which has its place on the page and not in the run of its lines. */
export interface Float {
  readonly box: Box;
  /** Its block, given the one that follows. */
  readonly block: (next: Block | undefined) => Block;
}

/**
 * Puts a page's pictures and tables between its blocks: each after the last block, in reading order, that stands above
 * its middle without a lower one before it. Those of the same height go from left to right.
 */
export function placeFloats(blocks: readonly PlacedBlock[], floats: readonly Float[]): Block[] {
  const after = new Map<number, Float[]>();
  for (const float of floats.toSorted((a, b) => b.box.y1 - a.box.y1 || a.box.x0 - b.box.x0)) {
    const at = position(blocks, float);
    after.set(at, [...(after.get(at) ?? []), float]);
  }
  const result: Block[] = [];
  for (let index = -1; index < blocks.length; index += 1) {
    const block = blocks[index]?.block;
    if (block !== undefined) result.push(block);
    const next = blocks[index + 1]?.block;
    for (const float of after.get(index) ?? []) result.push(float.block(next));
  }
  return result;
}

/** Index of the block that the float follows, or -1: the lowest one above its middle, in its column if it has one. */
function position(blocks: readonly PlacedBlock[], { box }: Float): number {
  const middle = (box.y0 + box.y1) / 2;
  const above = [...blocks.entries()].filter(([, { y }]) => y >= middle);
  const beside = above.filter(([, { x0, x1 }]) => x0 < box.x1 && x1 > box.x0);
  const [lowest] = (beside.length > 0 ? beside : above).toSorted(([, a], [, b]) => a.y - b.y);
  if (lowest !== undefined) return lowest[0];
  const below = blocks.findIndex(({ x0, x1 }) => x0 < box.x1 && x1 > box.x0);
  return Math.max(-1, below - 1);
}

/** `Figure 3` of a caption below the picture. */
export function caption(block: Block | undefined): string {
  const text = block?.kind === 'paragraph' || block?.kind === 'heading' ? block.text : '';
  const label =
    /^(?:fig(?:ure|\.)?|abb(?:ildung|\.)?|table|tab\.|chart|exhibit|photo|図|图)\s*[\dA-Z]+(?:[.-]\d+)*/iu;
  return label.exec(text)?.[0] ?? 'image';
}
