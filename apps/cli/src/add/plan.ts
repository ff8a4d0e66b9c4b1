import { extname } from 'node:path';

import { hashBytes } from '@openkb/atomic-fs';
import type { Change } from '@openkb/journal';
import type { CompilationPlan } from '@openkb/wiki-compiler';

import { pageChanges } from '../knowledge-base/compiled-changes.ts';
import type { Config } from '../knowledge-base/config.ts';
import { encodeText } from '../knowledge-base/files.ts';
import { rawPath } from '../knowledge-base/layout.ts';
import type { KnowledgeBase, LockContext } from '../knowledge-base/open.ts';
import { restsOn } from '../knowledge-base/rests-on.ts';
import { recordingView } from '../knowledge-base/wiki-view.ts';
import type { Compiled, DocumentCompiler, Estimate } from '../model/compiling.ts';
import { type CompileJob, compilerInput, compilerOptions } from './compile.ts';
import { type Identity, identify, type SourceFacts } from './identify.ts';
import type { CloudFindings, Incoming } from './incoming.ts';
import { editsLostBy, ownFiles } from './own-files.ts';
import { type StoredText, storedText } from './stored-text.ts';

/** All that adding a document means to do, as far as it can be known without the lock. */
export interface Plan {
  readonly facts: SourceFacts;
  readonly identity: Identity;
  readonly compilation: Compiled;
  /** Where the original goes, relative to the root; absent where there is none. */
  readonly rawPath: string | undefined;
  readonly sourcePath: string;
  readonly textSha256: string;
  readonly long: boolean;
  readonly pageCount: number | undefined;
  readonly cloud: CloudFindings | undefined;
  /** The document's own files and its pages; registry, index and log come under the lock. */
  readonly changes: readonly Change[];
  /** Pages that its pages link and it does not write. */
  readonly restsOn: readonly string[];
  /** Edits of persons that are lost by it, one sentence each. */
  readonly lostEdits: readonly string[];
}

export interface PlanInputs {
  readonly incoming: Incoming;
  readonly compiler: DocumentCompiler;
  readonly config: Config;
  /** Its signal ends the compiling. */
  readonly lock: Pick<LockContext, 'signal'>;
  /** What an earlier try had made before the wiki moved on. */
  readonly resume?: CompilationPlan | undefined;
}

interface Prepared {
  readonly identity: Identity;
  readonly stored: StoredText;
  readonly job: CompileJob;
}

/** Decides the name, compiles, and lists the changes. Writes nothing and takes no lock. */
export async function planDocument(kb: KnowledgeBase, inputs: PlanInputs): Promise<Plan> {
  const { facts, document, staged, cloud } = inputs.incoming;
  const { identity, stored, job } = prepare(kb, inputs);
  const { name } = identity;
  const original =
    staged === undefined ? undefined : { raw: rawPath(name, extname(facts.fileName)), staged };
  const own = ownFiles(kb, { facts, identity, document, stored, original });
  const view = recordingView(kb.files);
  const input = await compilerInput(job);
  const request = { ...compilerOptions(job), resume: inputs.resume };
  const compilation = await inputs.compiler.compile(input, view, request);
  return {
    facts,
    identity,
    compilation,
    rawPath: original?.raw,
    sourcePath: stored.path,
    textSha256: hashBytes(encodeText(stored.text)).sha256,
    long: stored.form === 'json',
    pageCount: cloud?.pageCount ?? document.pages?.length,
    cloud,
    changes: [...own, ...pageChanges(compilation, view)],
    restsOn: restsOn(compilation, view),
    lostEdits: editsLostBy(kb, own, identity),
  };
}

/** What compiling the document will about cost; `undefined` where no model is asked. */
export async function estimateDocument(
  kb: KnowledgeBase,
  inputs: PlanInputs,
): Promise<{ readonly name: string; readonly estimate: Estimate | undefined }> {
  const { identity, job } = prepare(kb, inputs);
  const input = await compilerInput(job);
  const view = recordingView(kb.files);
  const estimate = inputs.compiler.estimate?.(input, view, compilerOptions(job));
  return { name: identity.name, estimate };
}

/** The name, and the text as it will be stored. */
function prepare(kb: KnowledgeBase, { incoming, config, lock }: PlanInputs): Prepared {
  const { facts, document, cloud } = incoming;
  const identity = identify(facts, kb.registry(), kb.files);
  const { name } = identity;
  // the cloud's section tree speaks of pages, however few they are
  const threshold = cloud === undefined ? config.pageindex_threshold : 0;
  const stored = storedText(document, name, threshold);
  const sections = cloud?.sections;
  const job = { name, document, stored, sections, config, signal: lock.signal };
  return { identity, stored, job };
}
