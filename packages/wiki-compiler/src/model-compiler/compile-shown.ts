/** The passes over a document in the form in which it is shown: the recipe. */
import { slugOf } from '@openkb/wiki';

import type { CompilationMessage } from '../compilation.ts';
import type { WrittenPage } from './ask/page-reply.ts';
import { collectPages } from './collect.ts';
import type { CompilationContext } from './compilation-context.ts';
import { CompileError, type CompileErrorCode, type PageFailure } from './error.ts';
import { readOldPage } from './page/old-page.ts';
import { SUMMARY_LISTS } from './page/summary-page.ts';
import { type Leftovers, leftoversOf } from './passes/leftovers.ts';
import { type LinkablePage, linkedMessages, type PageResult, pagesPass } from './passes/pages.ts';
import { nearPages, planPass } from './passes/plan.ts';
import { relinkPass } from './passes/relink.ts';
import { summaryPass } from './passes/summary.ts';
import { directoryOf } from './plan/page-names.ts';
import type { CompilationPlan, PlannedPage } from './plan/planned-page.ts';
import type { MissingPage, ModelCompilation } from './result.ts';
import { type AcceptedPage, writePages } from './write-pages.ts';

const NO_LEFTOVERS: Leftovers = { updates: [], withdrawn: new Map(), removals: [], unchanged: [] };

/** Rejects with `context-too-long` of the port where the document must be shown shorter. */
export async function compileShown(
  context: CompilationContext,
  resume: CompilationPlan = {},
): Promise<ModelCompilation> {
  const standing =
    resume.pages !== undefined && resume.summary === undefined
      ? standingSummary(context)
      : undefined;
  const summary = resume.summary ?? standing ?? (await firstSummary(context));
  const near = nearPages(context, summary);
  const plan = await planOf(context, { resume, summary, near });
  const changed = plan.pages.filter(({ action }) => action !== 'related');
  const related = plan.pages.filter(({ action }) => action === 'related');
  const leftovers = standing === undefined ? leftoversOf(context, plan.pages) : NO_LEFTOVERS;
  const planned = [...changed, ...leftovers.updates];
  const self = { path: context.summaryPath, title: context.input.title };
  const linkable = linkablePages([...planned, ...related, self], near);
  const prefix = linkedMessages(context, summary, linkable);
  const results = planned.length === 0 ? [] : await pagesPass(context, planned, prefix);
  const missing = results.flatMap(missingIn);
  const settled: CompilationPlan = { summary, pages: plan.pages };
  if (missing.length > 0 && !context.session.settings.allowPartial)
    throw pagesFailed(context, results, missing, settled);
  const pages = results.flatMap(acceptedIn);
  const linked =
    standing !== undefined || pages.length + related.length === 0
      ? summary
      : await relinkPass(context, summary, prefix);
  const texts = writePages(context, {
    ...(standing === undefined ? { summary: linked } : {}),
    pages,
    related,
    leftovers,
  });
  const { wiki, options, session } = context;
  return {
    pages: collectPages(texts, wiki.view, options.entityTypes),
    messages: [
      ...plan.messages,
      ...(planned.length + related.length === 0 ? [summaryOnly(context)] : []),
      ...missing.map(missingMessage),
    ],
    ...(leftovers.removals.length === 0 ? {} : { removals: leftovers.removals.toSorted() }),
    missing,
    plan: settled,
    usage: session.usage,
  };
}

/** The summary of the wiki's summary page. */
function standingSummary({ wiki, summaryPath }: CompilationContext): WrittenPage | undefined {
  const text = wiki.view.read(summaryPath);
  if (text === undefined) return undefined;
  const { own, description } = readOldPage(text, SUMMARY_LISTS);
  return { description, content: own };
}

async function firstSummary(context: CompilationContext): Promise<WrittenPage> {
  const answer = await summaryPass(context);
  if ('value' in answer) return answer.value;
  throw failed(context, 'summary-failed', answer.failure);
}

interface Planning {
  readonly resume: CompilationPlan;
  readonly summary: WrittenPage;
  readonly near: ReturnType<typeof nearPages>;
}

async function planOf(
  context: CompilationContext,
  { resume, summary, near }: Planning,
): Promise<{ pages: readonly PlannedPage[]; messages: readonly CompilationMessage[] }> {
  if (resume.pages !== undefined) return { pages: resume.pages.filter(isSound), messages: [] };
  const answer = await planPass(context, summary, near);
  if ('value' in answer) return answer.value;
  throw failed(context, 'plan-failed', answer.failure, { summary });
}

/** A plan may have been stored: its paths are looked at as if a stranger had written them. */
function isSound({ path, kind }: PlannedPage): boolean {
  const name = /^(?:concepts|entities)\/([^/]+)\.md$/.exec(path)?.[1];
  return name !== undefined && slugOf(name) === name && path.startsWith(`${directoryOf(kind)}/`);
}

/** By path: what is planned, and what the plan was shown. */
function linkablePages(
  planned: readonly LinkablePage[],
  near: readonly LinkablePage[],
): LinkablePage[] {
  const pages = new Map<string, LinkablePage>();
  for (const { path, title } of [...near, ...planned]) pages.set(path, { path, title });
  return [...pages.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

function acceptedIn({ page, old, answer }: PageResult): AcceptedPage[] {
  return answer !== undefined && 'value' in answer ? [{ page, old, written: answer.value }] : [];
}

function missingIn({ page, answer }: PageResult): MissingPage[] {
  if (answer === undefined || 'value' in answer) return [];
  const { path, title } = page;
  return [{ page, failure: { path, title, ...answer.failure } }];
}

function missingMessage({ failure }: MissingPage): CompilationMessage {
  return {
    level: 'warning',
    code: 'page-missing',
    text: `The page "${failure.title}" could not be written: ${failure.reason}.`,
  };
}

function summaryOnly({ input }: CompilationContext): CompilationMessage {
  return {
    level: 'info',
    code: 'no-topics',
    text: `The document "${input.name}" gets a summary only: the model found no subject in it for a page.`,
  };
}

function failed(
  { session, input }: CompilationContext,
  code: CompileErrorCode,
  { reason, cause }: Pick<PageFailure, 'reason' | 'cause'>,
  plan?: CompilationPlan,
): CompileError {
  const what = code === 'summary-failed' ? 'summary' : 'plan';
  return new CompileError(
    code,
    `The document "${input.name}" could not be compiled: the model gave no usable ${what} (${reason}).`,
    { usage: session.usage, plan, cause },
  );
}

function pagesFailed(
  { session, input }: CompilationContext,
  results: readonly PageResult[],
  missing: readonly MissingPage[],
  plan: CompilationPlan,
): CompileError {
  const list = missing.map(({ failure }) => `"${failure.title}" (${failure.reason})`).join(', ');
  return new CompileError(
    'pages-failed',
    `The document "${input.name}" could not be compiled: ${missing.length} of ${results.length} pages failed: ${list}.`,
    {
      failures: missing.map(({ failure }) => failure),
      usage: session.usage,
      plan,
      cause: missing.find(({ failure }) => failure.cause !== undefined)?.failure.cause,
    },
  );
}
