/**
 * Documents that are in the wiki already and have something to say on a page that is being made, or
 * that got another name. Their key phrases stand in their summaries; only those that match are read again.
 */
import type { CompilationMessage, WikiView } from '../compilation.ts';
import { type DocumentAnalysis, analyseDocument } from './analyse-document.ts';
import type { RenderedDocument } from './render-document.ts';
import type { Topic } from './shapes.ts';
import type { Breathe } from './steps.ts';
import { compareText } from './text/keys.ts';
import { languageProfile } from './text/language.ts';
import type { CataloguedDocument } from './wiki/documents.ts';
import type { Draft } from './wiki/draft.ts';
import { type Placement, placeTopics } from './wiki/placement.ts';
import { storedSource } from './wiki/stored-text.ts';

export interface SupporterPorts {
  readonly wiki: WikiView;
  readonly breathe: Breathe;
  /** Gets a message for each document that should be read again and cannot be. */
  readonly messages: CompilationMessage[];
}

const NONE: ReadonlySet<Topic> = new Set();

/**
 * The documents whose sections must be written anew, placed, in the order of their names: those that
 * gain a page, and the `bereft`, which lost one. Each may bring further names to a page, which further
 * documents know: repeated until nothing is new.
 */
export async function supporters(
  document: RenderedDocument,
  bereft: ReadonlySet<string>,
  draft: Draft,
  ports: SupporterPorts,
): Promise<RenderedDocument[]> {
  const analyses = new Map<string, DocumentAnalysis>();
  const placed = new Map<string, Placement>();
  const candidates = draft.documents
    .filter(({ name }) => name !== document.name)
    .toSorted((a, b) => compareText(a.name, b.name));
  bringNames(document.placement, draft);
  for (let grown = true; grown;) {
    grown = false;
    for (const candidate of candidates) {
      const before = placed.get(candidate.name);
      const lost = bereft.has(candidate.name) && before === undefined;
      if (!lost && !mayGain(candidate, before, draft)) continue;
      // oxlint-disable-next-line no-await-in-loop -- one document in memory after the other
      const analysis = analyses.get(candidate.name) ?? (await analyse(candidate, ports));
      if (analysis === undefined) continue;
      analyses.set(candidate.name, analysis);
      const placement = placeTopics(analysis, NONE, draft);
      if (samePlaces(placement, before)) continue;
      placed.set(candidate.name, placement);
      grown = bringNames(placement, draft) || grown;
    }
  }
  return candidates.flatMap(({ name, title }) => {
    const analysis = analyses.get(name);
    const placement = placed.get(name);
    if (
      analysis === undefined ||
      placement === undefined ||
      !(bereft.has(name) || gains(name, placement, draft))
    )
      return [];
    return [{ name, title, analysis, placement, chosen: NONE }];
  });
}

/** Whether a page exists that the document has key phrases for and is not a source of. */
function mayGain(
  document: CataloguedDocument,
  placed: Placement | undefined,
  draft: Draft,
): boolean {
  const profile = languageProfile(document.language);
  for (const keyword of document.keywords)
    for (const path of draft.find(keyword, profile, 'concept'))
      if (
        placed?.has(path) !== true &&
        draft.page(path)?.documents.includes(document.name) !== true
      )
        return true;
  return false;
}

function gains(name: string, placement: Placement, draft: Draft): boolean {
  return [...placement.keys()].some((path) => draft.page(path)?.documents.includes(name) !== true);
}

function samePlaces(left: Placement, right: Placement | undefined): boolean {
  return (
    right !== undefined &&
    left.size === right.size &&
    [...left.keys()].every((path) => right.has(path))
  );
}

/** Tells the draft under what names a document knows its pages; whether a name was new. */
function bringNames(placement: Placement, draft: Draft): boolean {
  let grown = false;
  for (const [path, topic] of placement) {
    const before = draft.page(path)?.aliases.length ?? 0;
    draft.addNames(path, [topic.title, ...topic.aliases]);
    grown ||= (draft.page(path)?.aliases.length ?? 0) > before;
  }
  return grown;
}

async function analyse(
  document: CataloguedDocument,
  { wiki, breathe, messages }: SupporterPorts,
): Promise<DocumentAnalysis | undefined> {
  const source = storedSource(document, wiki);
  if (source !== undefined) return analyseDocument(source, breathe);
  const text = `The document "${document.name}" was not read again for new pages: "${document.fullText}" is missing or unreadable.`;
  if (!messages.some((one) => one.text === text))
    messages.push({ level: 'warning', code: 'stored-text-missing', text });
  return undefined;
}
