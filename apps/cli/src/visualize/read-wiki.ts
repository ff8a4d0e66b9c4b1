import { CliError } from '../errors.ts';
import type { Files } from '../knowledge-base/files.ts';
import { wikiPath } from '../knowledge-base/layout.ts';
import type { KnowledgeBase } from '../knowledge-base/open.ts';
import { placeOf } from '../knowledge-base/place-of.ts';
import { nameOf } from '../knowledge-base/registry.ts';
import { wikiFacts } from '../knowledge-base/wiki-facts.ts';
import { type GraphInput, isShown } from './graph-data.ts';

/** What the graph is made of, read at once: later changes do not reach it, but for pictures and other files. */
export function readWiki(kb: KnowledgeBase): GraphInput {
  const { files } = kb;
  const wiki = wikiFacts(files);
  const paths = [...wiki.paths].filter(isShown);
  const texts = new Map(paths.map((path) => [path, textOf(files, path)]));
  const originals = originalsOf(kb);
  return {
    wiki,
    textOf: (path) => texts.get(path) ?? '',
    original: (summary) => originals.get(summary),
    files: {
      // what lies behind a link may be anybody's, and the page may be shown to others
      has: (path) => placeOf(files, wikiPath(path)) === 'own',
      bytes: (path) =>
        placeOf(files, wikiPath(path)) === 'own' ? files.bytes(wikiPath(path)) : undefined,
    },
  };
}

/** Page of a document -> its original; none where the registry cannot be read: the pages are there all the same. */
function originalsOf(kb: KnowledgeBase): ReadonlyMap<string, string> {
  try {
    const entries = [...kb.registry().values()];
    return new Map(
      entries.flatMap((entry) =>
        isOriginal(kb.files, entry.raw_path)
          ? [[`summaries/${nameOf(entry)}.md`, entry.raw_path]]
          : [],
      ),
    );
  } catch (error) {
    if (error instanceof CliError) return new Map();
    throw error;
  }
}

/** A registry that came from somebody else may name any file. */
const isOriginal = (files: Files, path: string | undefined): path is string =>
  path !== undefined && path.startsWith('raw/') && placeOf(files, path) === 'own';

const textOf = (files: Files, path: string): string =>
  new TextDecoder().decode(files.bytes(wikiPath(path)));
