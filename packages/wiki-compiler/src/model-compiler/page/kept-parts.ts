/**
 * What a person wrote into a page, taken out of it, and put back into its rewritten form.
 *
 * A section whose heading is a person's is theirs as a whole, with everything below the heading. Elsewhere a
 * person's lines are theirs one by one, and so is what stands between `<!-- keep -->` and `<!-- /keep -->`.
 * Each part goes back behind the line that it followed; where that is gone, to the end of the section with
 * the same heading; where that is gone too, to the end of the page.
 */
import { markOf } from './marks.ts';
import { headingOf, isBlank, isKept, joinPieces, sectionEnd } from './pieces.ts';

export interface KeptPart {
  readonly pieces: readonly string[];
  /** Level of the heading that it opens with; absent for lines in a section of ours. */
  readonly level?: number;
  /** Key of our heading that it stands under. */
  readonly under?: string;
  /** Mark of our line before it. */
  readonly after?: string;
  /** No blank line stands between it and the line before. */
  readonly tight: boolean;
}

export interface SortedPieces {
  readonly own: readonly string[];
  readonly kept: readonly KeptPart[];
}

/** Takes a body apart. `isOwn` is asked for pieces that a person has not marked to be kept. */
export function takeKeptParts(
  pieces: readonly string[],
  isOwn: (piece: string) => boolean,
): SortedPieces {
  const own: string[] = [];
  const kept: (KeptPart & { pieces: string[] })[] = [];
  let open: (KeptPart & { pieces: string[] }) | undefined;
  let under: string | undefined;
  let after: string | undefined;
  let tight = true;
  for (const piece of pieces) {
    const heading = headingOf(piece);
    const inSection = open?.level !== undefined && (heading?.level ?? 7) > open.level;
    if (isBlank(piece)) {
      (open?.pieces ?? own).push(piece);
      tight = false;
    } else if (inSection) open?.pieces.push(piece);
    else if (!isKept(piece) && isOwn(piece)) {
      open = undefined;
      if (heading !== undefined) under = heading.key;
      own.push(piece);
      after = markOf(piece);
      tight = true;
    } else {
      if (open === undefined || heading !== undefined) {
        open = {
          pieces: [],
          tight,
          ...(heading === undefined ? {} : { level: heading.level }),
          ...(under === undefined ? {} : { under }),
          ...(after === undefined ? {} : { after }),
        };
        kept.push(open);
      }
      open.pieces.push(piece);
    }
  }
  return { own, kept };
}

/** The text of a part as it stands in the page. */
export function keptText({ pieces }: KeptPart): string {
  return joinPieces(pieces);
}

/** The rewritten pieces with the kept parts in them: hand in what `withoutCopies` returns. */
export function putKeptParts(
  rewritten: readonly string[],
  kept: readonly KeptPart[],
): readonly string[] {
  const pieces = [...rewritten];
  for (const part of kept) {
    const at = placeOf(pieces, part);
    const tight = part.tight && part.level === undefined && at.found;
    const text = keptText(part);
    pieces.splice(at.index, 0, ...(tight ? [text] : ['', text, '']));
  }
  return pieces;
}

/** Lines this short are alike by chance. */
const SHORTEST_COPY = 20;

/** The rewritten pieces that are the model's: it may have copied what a person wrote. */
export function withoutCopies(
  rewritten: readonly string[],
  kept: readonly KeptPart[],
): readonly string[] {
  if (kept.length === 0) return rewritten;
  const theirs = new Set(
    kept
      .flatMap(({ pieces }) => pieces)
      .filter((piece) => piece.length >= SHORTEST_COPY || headingOf(piece) !== undefined)
      .map(markOf),
  );
  const copied = (piece: string) => theirs.has(markOf(piece));
  const rest = rewritten.filter((piece) => headingOf(piece) !== undefined || !copied(piece));
  // a heading of theirs goes only where nothing of the model's is left below it
  return rest.filter((piece, index) => {
    const heading = headingOf(piece);
    if (heading === undefined || !copied(piece)) return true;
    return rest
      .slice(index + 1, sectionEnd(rest, index, heading.level))
      .some((one) => !isBlank(one));
  });
}

interface Place {
  readonly index: number;
  /** The line that it followed is there. */
  readonly found: boolean;
}

function placeOf(pieces: readonly string[], { level, under, after }: KeptPart): Place {
  const anchor =
    after === undefined ? -1 : pieces.findIndex((one) => !isBlank(one) && markOf(one) === after);
  if (after === undefined && level === undefined) return { index: 0, found: false };
  const section =
    under === undefined ? -1 : pieces.findIndex((one) => headingOf(one)?.key === under);
  const start = anchor >= 0 ? anchor : section;
  if (start < 0) return { index: pieces.length, found: false };
  if (level !== undefined) return { index: sectionEnd(pieces, start, level), found: false };
  if (anchor >= 0) return { index: anchor + 1, found: true };
  return { index: sectionEnd(pieces, start, 6), found: false };
}
