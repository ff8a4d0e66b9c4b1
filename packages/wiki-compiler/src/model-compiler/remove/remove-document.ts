/**
 * Taking a document out of a wiki. Pages of the extractive compiler follow from their quotations, and it takes
 * the document out of them. Of other pages the document's entry, lines and links go, and so do pages that
 * nothing else supports; what such a page states from the document cannot be told without the model, which is
 * asked where that is wanted, and where it is not the page is named in a message.
 */
import { linkTarget, readFrontMatter } from '@openkb/wiki';

import type { CompilationMessage, PageChange, WikiView } from '../../compilation.ts';
import { extractiveCompiler } from '../../extractive/extractive-compiler.ts';
import { collectPages } from '../collect.ts';
import type { RemovalCompilation, RemoveOptions } from '../result.ts';
import type { Session } from '../session.ts';
import { WikiState } from '../wiki-state.ts';
import { rewriteWithout } from './rewrite-without.ts';
import { takeDocument } from './take-document.ts';

export async function removeWithModel(
  session: Session,
  view: WikiView,
  options: RemoveOptions,
): Promise<RemovalCompilation> {
  const name = session.document;
  const wiki = new WikiState(view);
  const quoted = await extractiveCompiler().remove?.(name, view, options);
  const texts = new Map((quoted?.pages ?? []).map(({ path, text }: PageChange) => [path, text]));
  const removals = new Set(quoted?.removals ?? []);
  const messages: CompilationMessage[] = [...(quoted?.messages ?? [])];
  const claiming: string[] = [];
  for (const { path } of wiki.supportedBy(name)) {
    const text = view.read(path);
    if (text === undefined || readFrontMatter(text)['compiled_by'] === 'extractive') continue;
    const taken = takeDocument(path, text, name);
    texts.delete(path);
    removals.delete(path);
    if (taken.state === 'unsupported') removals.add(path);
    else texts.set(path, taken.text);
    if (taken.state === 'theirs') messages.push(theirs(path));
    if (taken.state === 'shared' && taken.claims) claiming.push(path);
  }
  const left =
    options.rewrite === true
      ? await rewriteWithout(session, { wiki, options, texts, removals, paths: claiming })
      : claiming;
  messages.push(...left.map((path) => claims(path, name)));
  return {
    pages: collectPages(texts, view, options.entityTypes),
    messages,
    ...(removals.size === 0 ? {} : { removals: [...removals].toSorted() }),
    usage: session.usage,
  };
}

function theirs(path: string): CompilationMessage {
  return {
    level: 'warning',
    code: 'kept-user-text',
    text: `No document supports "${linkTarget(path)}" any more; it stays, because a person wrote in it.`,
  };
}

function claims(path: string, name: string): CompilationMessage {
  return {
    level: 'warning',
    code: 'claims-left',
    text: `"${linkTarget(path)}" may still state what only "${name}" said: recompile one of its other documents, or edit it.`,
  };
}
