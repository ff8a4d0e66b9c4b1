/** The files that belong to one document alone: its original, its stored text, its pictures. */
import { join } from 'node:path';

import { hashBytes } from '@openkb/atomic-fs';
import type { ConvertedDocument } from '@openkb/converter';
import type { Change } from '@openkb/journal';

import { CliError } from '../errors.ts';
import { encodeText } from '../knowledge-base/files.ts';
import { imagesPath, sourceTextPath } from '../knowledge-base/layout.ts';
import { lostEdits } from '../knowledge-base/lost-edits.ts';
import type { KnowledgeBase } from '../knowledge-base/open.ts';
import { placeOf } from '../knowledge-base/place-of.ts';
import type { Identity, SourceFacts } from './identify.ts';
import { shownImages, type StoredText } from './stored-text.ts';

export interface OwnedDocument {
  readonly facts: SourceFacts;
  readonly identity: Identity;
  readonly document: ConvertedDocument;
  readonly stored: StoredText;
  readonly original: Original | undefined;
}

interface Original {
  /** Where it goes, relative to the root. */
  readonly raw: string;
  /** Absolute path of its staged copy. */
  readonly staged: string;
}

/** All changes of these files, those of the document's last form that go included. */
export function ownFiles(kb: KnowledgeBase, owned: OwnedDocument): Change[] {
  const { facts, identity, document, stored, original } = owned;
  const kept = [...(original ? [original.raw, facts.path] : []), stored.path];
  return [
    ...(original ? originalChanges(kb, owned, original) : []),
    write(kb, stored.path, encodeText(stored.text)),
    ...imageChanges(kb, document, identity.name),
    ...staleFiles(kb, identity, { kept, document }),
  ];
}

/**
 * What persons wrote into these files since the document was added, and is overwritten or goes. What lies where a new
 * document is stored may all be theirs.
 */
export function editsLostBy(
  kb: KnowledgeBase,
  changes: readonly Change[],
  { previous }: Identity,
): string[] {
  const paths = changes
    .filter((change) => changesFile(kb, change))
    .map(({ path }) => path)
    .filter((path) => path.startsWith('wiki/sources/'));
  const isText = (path: string) => previous === undefined || /^[^/]+\/[^/]+\/[^/]+$/.test(path);
  return lostEdits(kb, 'is overwritten', {
    texts: paths.filter(isText),
    recorded: previous?.entry.text_sha256,
    pictures: paths.filter((path) => !isText(path)),
  });
}

function changesFile(kb: KnowledgeBase, change: Change): boolean {
  if (change.kind !== 'write') return change.kind === 'remove';
  const found = expectation(kb, change.path);
  return found !== 'absent' && found.sha256 !== hashBytes(change.bytes).sha256;
}

/** The original goes to `raw/`; one that lies there under another name is renamed. */
function originalChanges(
  kb: KnowledgeBase,
  owned: OwnedDocument,
  { raw, staged }: Original,
): Change[] {
  const { facts } = owned;
  refuseEditedSource(kb, owned);
  refuseEditedOriginal(kb, owned, raw);
  const renamed = facts.path.startsWith('raw/') && facts.path !== raw;
  // a source that lies there already is ours as it was read, not as it is by now
  const expect = facts.path === raw ? { sha256: facts.sha256 } : expectation(kb, raw);
  return [
    { kind: 'publish', path: raw, staged, expect },
    ...(renamed
      ? [{ kind: 'remove', path: facts.path, expect: { sha256: facts.sha256 } } as const]
      : []),
  ];
}

function imageChanges(kb: KnowledgeBase, { images }: ConvertedDocument, name: string): Change[] {
  return images.map((image) => write(kb, `${imagesPath(name)}/${image.name}`, image.bytes));
}

interface Kept {
  /** Paths that the new form has as well, besides its pictures. */
  readonly kept: readonly string[];
  readonly document: ConvertedDocument;
}

/** What the document's last form had and this one has not: its other text form, its lost pictures, its original. */
function staleFiles(
  kb: KnowledgeBase,
  { name, previous }: Identity,
  { kept, document: { images } }: Kept,
): Change[] {
  if (previous === undefined) return [];
  const wanted = new Set([...kept, ...images.map((image) => `${imagesPath(name)}/${image.name}`)]);
  const texts = [sourceTextPath(name, 'md'), sourceTextPath(name, 'json')];
  const shown = texts.flatMap((text) => [...shownImages(kb.files.text(text).text ?? '', name)]);
  const raw = previous.entry.raw_path;
  const originals = raw && isOriginal(kb, raw, previous.sha256) ? [raw] : [];
  return [...new Set([...texts, ...shown, ...originals])]
    .filter((old) => !wanted.has(old) && kb.files.has(old))
    .map((old) => ({ kind: 'remove', path: old, expect: expectation(kb, old) }));
}

/**
 * Whether a file of `raw/` is the original as it was added: what a person has changed there is theirs, and
 * another document's original is not this one's, whatever the registry says.
 */
export function isOriginal(kb: KnowledgeBase, raw: string, sha256: string): boolean {
  if (!raw.startsWith('raw/') || placeOf(kb.files, raw) !== 'own') return false;
  const found = expectation(kb, raw);
  return found !== 'absent' && found.sha256 === sha256;
}

/** What lies in `raw/` is saved by a person while it is converted: what they wrote is not replaced by what was read. */
function refuseEditedSource(kb: KnowledgeBase, { facts }: OwnedDocument): void {
  if (!facts.path.startsWith('raw/') || isOriginal(kb, facts.path, facts.sha256)) return;
  throw new CliError('source-changed', `"${facts.path}" was changed while it was read`, {
    hint: 'Add it again; nothing was written for it.',
  });
}

/** An original that a person has changed in `raw/` is theirs: it is not replaced by another source. */
function refuseEditedOriginal(
  kb: KnowledgeBase,
  { facts, identity }: OwnedDocument,
  raw: string,
): void {
  const found = expectation(kb, raw);
  if (identity.previous === undefined || found === 'absent' || facts.path === raw) return;
  if ([facts.sha256, identity.previous.sha256].includes(found.sha256)) return;
  throw new CliError('original-edited', `"${raw}" was changed by hand after it was added`, {
    hint: `Move it away, or add it itself: openkb add "${join(kb.root, raw)}"`,
  });
}

function write(kb: KnowledgeBase, path: string, bytes: Uint8Array): Change {
  return { kind: 'write', path, bytes, expect: expectation(kb, path) };
}

const expectation = (kb: KnowledgeBase, path: string) => kb.files.expectation(path);
