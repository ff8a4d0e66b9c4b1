/** A document that is stored page by page (`sources/<doc_name>.json`), and ranges of its pages. */

export interface SourcePage {
  /** 1-based. */
  readonly page: number;
  readonly text: string;
  /** Pictures that are listed beside the text, as links from `sources/`; absent where there are none. */
  readonly pictures?: readonly string[];
}

/** The stored pages; plain strings, as older programs wrote them, are understood. None where it is no such list. */
export function parseSourcePages(stored: string): SourcePage[] {
  let value: unknown;
  try {
    value = JSON.parse(stored);
  } catch {
    return [];
  }
  if (!Array.isArray(value)) return [];
  return value.map((item: unknown, i) => sourcePage(item, i + 1));
}

function sourcePage(item: unknown, number: number): SourcePage {
  if (typeof item === 'string') return { page: number, text: item };
  const { page, content, text, images } = (item ?? {}) as Record<string, unknown>;
  const found = [content, text].find((candidate) => typeof candidate === 'string');
  const pictures = picturesIn(images);
  return {
    page: typeof page === 'number' ? page : number,
    text: found ?? '',
    ...(pictures.length > 0 && { pictures }),
  };
}

function picturesIn(images: unknown): readonly string[] {
  if (!Array.isArray(images)) return [];
  return (images as readonly unknown[])
    .map((image) => (image as { readonly path?: unknown } | null)?.path)
    .filter((path) => typeof path === 'string');
}

/** A range, first and last page included. */
export interface PageRange {
  readonly first: number;
  readonly last: number;
}

/** `3-5,8` as ranges; a range that is written backwards is turned. `undefined` where it is no list of ranges. */
export function parsePageRanges(text: string): PageRange[] | undefined {
  const parts = text.split(/[,;]/).map((part) => part.trim());
  const ranges = parts.map((part) => {
    const [, from, to = from] = /^(\d{1,6})(?:\s*[-–—]\s*(\d{1,6}))?$/.exec(part) ?? [];
    if (from === undefined || to === undefined) return undefined;
    const ends = [Number(from), Number(to)];
    return { first: Math.min(...ends), last: Math.max(...ends) };
  });
  return ranges.every((range) => range !== undefined) ? ranges : undefined;
}

/** `[3, 4, 5, 8]` as `3-5, 8`. */
export function printPages(pages: readonly number[]): string {
  const ranges: { first: number; last: number }[] = [];
  for (const page of [...new Set(pages)].toSorted((a, b) => a - b)) {
    const open = ranges.at(-1);
    if (open !== undefined && open.last === page - 1) open.last = page;
    else ranges.push({ first: page, last: page });
  }
  return ranges
    .map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`))
    .join(', ');
}
