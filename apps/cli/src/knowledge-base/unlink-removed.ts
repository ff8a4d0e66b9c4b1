import { linkTarget, linkText, parseLinks, rewriteLinks } from '@openkb/wiki';
import type { Compilation } from '@openkb/wiki-compiler';

import { citesOf, withoutCites } from './cites.ts';
import type { RecordingView } from './wiki-view.ts';

/** New text of one page that links to a page which goes. */
export interface UnlinkedPage {
  /** Relative to `wiki/`. */
  readonly path: string;
  readonly text: string;
}

/** The pages that this program writes. What a person links from other pages is theirs. */
const DIRECTORIES = ['summaries', 'concepts', 'entities', 'explorations'];

/**
 * The pages, as they will be, whose links lead to a page that the compilation removes: each such link
 * becomes its text, a list item that was nothing but one goes, and so does what cites it. Empty where nothing is removed.
 */
export function unlinkRemoved(
  compilation: Pick<Compilation, 'pages' | 'removals'>,
  view: RecordingView,
): UnlinkedPage[] {
  const { pages, removals = [] } = compilation;
  if (removals.length === 0) return [];
  const gone = new Set(removals.map(linkTarget));
  const isGone = ({ target }: { target: string }) => gone.has(linkTarget(target));
  const written = new Map(pages.map(({ path, text }) => [path, text]));
  const paths = new Set([...written.keys(), ...DIRECTORIES.flatMap((name) => view.list(name))]);
  const isCited = (page: string) => gone.has(linkTarget(page));
  const mayName = (path: string): boolean => {
    const facts = view.facts?.(path);
    return facts === undefined || facts.links.some(isGone) || citesOf(facts.fields).some(isCited);
  };
  return [...paths].flatMap((path) => {
    // of a page that stays as it is, its facts tell whether it must be read
    if (!written.has(path) && !mayName(path)) return [];
    const text = written.get(path) ?? view.read(path) ?? '';
    if (removals.includes(path)) return [];
    const unlinked = parseLinks(text).some(isGone) ? withoutLinks(text, isGone) : text;
    const changed = withoutCites(unlinked, isCited);
    return changed === text ? [] : [{ path, text: changed }];
  });
}

function withoutLinks(text: string, isGone: (link: { target: string }) => boolean): string {
  const kept = text.split(/(?<=\n)/).filter((line) => {
    const [link, ...others] = parseLinks(line);
    const isItem = /^\s*[-*+] \[\[[^\]]*\]\](?: \([^()]*\))?\s*$/.test(line);
    return !(isItem && link !== undefined && others.length === 0 && isGone(link));
  });
  return rewriteLinks(kept.join(''), (link) => (isGone(link) ? linkText(link) : undefined));
}
