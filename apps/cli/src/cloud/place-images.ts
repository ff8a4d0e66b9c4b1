/**
 * The pictures of one page: named, and linked where the page's Markdown shows them. How the service's
 * Markdown names a picture is not documented: by the name that comes with it, or by its place in
 * the list. A picture that no link shows is shown at the end of the page; pictures that stand in
 * the text as `data:` are taken out of it.
 */
import type { DocumentImage } from '@openkb/converter';
import { type CloudImage, type CloudPage, readImage } from '@openkb/pageindex-cloud';

export interface PlacedImages {
  readonly markdown: string;
  readonly images: readonly DocumentImage[];
  /** Pictures that the text shows and that did not come. */
  readonly missing: readonly string[];
}

const ENDINGS = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
};

/** `![alt](target)` with the target in angle brackets or not, and `<img src="target">`, within bounds. */
const SHOWN =
  /!\[([^[\]\n]{0,1000})\]\(\s{0,9}(?:<([^>\n]{1,2000})>|((?:[^()\s<>]|\([^()\s]{0,200}\)){1,2000}))(?:\s{1,9}(?:"[^"\n]{0,500}"|'[^'\n]{0,500}'))?\s{0,9}\)/;
const TAG = /<img\b[^>]{0,500}?\bsrc=["']?([^"'\s>]{1,2000})["']?[^>]{0,500}>/;

/** In one pass: what one of them leaves is not for the other. */
const SHOWN_OR_TAG = new RegExp(`${SHOWN.source}|${TAG.source}`, 'gi');

export function placeImages(page: CloudPage, label: string): PlacedImages {
  const inline = takeInline(page.markdown);
  const all = [...page.images, ...inline.images];
  const images = all.map((image, i): DocumentImage => {
    const name = `p${page.page}_${label}${i + 1}.${ENDINGS[image.mediaType]}`;
    return { name, bytes: image.bytes, mediaType: image.mediaType, page: page.page };
  });
  const shown = new Set<number>();
  const missing: string[] = [];
  const unnamed = page.images.flatMap(({ name }, i) => (name === undefined ? [i] : []));
  const byTarget = new Map<string, number | undefined>();
  const indexOf = (target: string): number | undefined => {
    const inlined = /^openkb-inline:(\d+)$/.exec(target)?.[1];
    if (inlined !== undefined) return page.images.length + Number(inlined);
    if (!byTarget.has(target)) byTarget.set(target, named(page.images, target) ?? unnamed.shift());
    return byTarget.get(target);
  };
  const link = (whole: string, alt: string, target: string): string => {
    // pictures of the web stay where they are
    if (/^(?:https?:)?\/\//i.test(target)) return whole;
    const i = indexOf(target);
    const image = i === undefined ? undefined : images[i];
    if (i === undefined || image === undefined) {
      if (!missing.includes(target)) missing.push(target);
      return alt;
    }
    shown.add(i);
    return `![${alt}](openkb-image:${image.name})`;
  };
  const linked = inline.markdown.replace(
    SHOWN_OR_TAG,
    (whole, alt = '', bracketed?: string, bare?: string, source?: string) =>
      link(whole, String(alt), bracketed ?? bare ?? source ?? ''),
  );
  const rest = images
    .filter((_, i) => !shown.has(i))
    .map(({ name }) => `![](openkb-image:${name})`);
  return { markdown: [linked, ...rest].filter(Boolean).join('\n\n'), images, missing };
}

const leaf = (path: string) => path.split(/[/\\]/).at(-1);
const stem = (path: string) => leaf(path)?.replace(/\.[^.]*$/, '');

function named(images: readonly CloudImage[], target: string): number | undefined {
  const wanted = decoded(target);
  for (const like of [(path: string) => path, leaf, stem]) {
    const i = images.findIndex(({ name }) => name !== undefined && like(name) === like(wanted));
    if (i !== -1) return i;
  }
  return undefined;
}

function decoded(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch {
    return target;
  }
}

/** Takes pictures out of the text; `openkb-inline:N` stands in their place. */
function takeInline(markdown: string): { markdown: string; images: CloudImage[] } {
  const images: CloudImage[] = [];
  const pieces: string[] = [];
  let from = 0;
  for (;;) {
    const start = markdown.indexOf('data:image/', from);
    if (start === -1) break;
    const rest = /[)\s>"']/g;
    rest.lastIndex = start;
    const end = rest.exec(markdown)?.index ?? markdown.length;
    const image = readImage(markdown.slice(start, end));
    pieces.push(markdown.slice(from, start), image ? `openkb-inline:${images.length}` : 'data:');
    if (image) images.push(image);
    from = end;
  }
  return { markdown: pieces.join('') + markdown.slice(from), images };
}
