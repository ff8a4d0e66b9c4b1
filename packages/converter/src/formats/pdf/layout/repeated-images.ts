import type { PageContent, PageImage } from '../model.ts';

const MINIMUM_REPEATS = 3;

/** The pictures of each page; one that is on three pages or more (a logo, a seal) stays on the first alone. */
export function withoutRepeatedImages(pages: readonly PageContent[]): PageImage[][] {
  const counts = new Map<string, number>();
  for (const { images } of pages)
    for (const name of new Set(images.map((image) => image.name)))
      counts.set(name, (counts.get(name) ?? 0) + 1);
  const shown = new Set<string>();
  return pages.map(({ images }) =>
    images.filter(({ name }, index) => {
      const isLater = shown.has(name) && (counts.get(name) ?? 0) >= MINIMUM_REPEATS;
      const isTwice = images.findIndex((image) => image.name === name) < index;
      shown.add(name);
      return !isLater && !isTwice;
    }),
  );
}
