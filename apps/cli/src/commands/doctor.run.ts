import { confirm } from '../ask.ts';
import type { Context } from '../command.ts';
import type { Finding } from '../doctor/finding.ts';
import { installationFindings } from '../doctor/installation.ts';
import { knowledgeBaseFindings } from '../doctor/knowledge-base.ts';
import { modelFinding } from '../doctor/model.ts';
import { printRebuilt } from '../doctor/rebuild/print.ts';
import { rebuildRegistry } from '../doctor/rebuild/rebuild.ts';
import { CliError, usageError } from '../errors.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { filesOf } from '../knowledge-base/files.ts';
import { findRoot } from '../knowledge-base/find.ts';
import { openKnowledgeBase, underLock } from '../knowledge-base/open.ts';
import type { Print } from '../report/reporter.ts';
import { type Style, uncolored } from '../report/style.ts';
import { count } from '../report/words.ts';
import type { Services } from '../services.ts';

interface Diagnosis {
  readonly type: 'doctor';
  /** Absent where there is no knowledge base. */
  readonly root?: string;
  readonly findings: readonly Finding[];
  readonly exitCode: ExitCode;
}

interface Args extends Context {
  rebuildRegistry: boolean;
  dryRun: boolean;
}

/** Takes no lock and recovers nothing, so that it works in any state; but for `--rebuild-registry`. */
export async function run(args: Args): Promise<ExitCode> {
  const services = await args.services();
  if (args.rebuildRegistry) return rebuild(args, services);
  if (args.dryRun) throw usageError('--dry-run is for --rebuild-registry: nothing else changes');
  const root = rootOrNone(services, args);
  const findings = [
    ...installationFindings(services.installation()),
    await modelFinding(services, root === undefined ? undefined : openFiles(services, root)),
    ...(root === undefined ? [NO_KNOWLEDGE_BASE] : knowledgeBaseFindings(services, root)),
  ];
  const exitCode = exitCodeOf(findings);
  const about = root === undefined ? {} : { root };
  args.reporter.result<Diagnosis>({ type: 'doctor', ...about, findings, exitCode }, print);
  return exitCode;
}

const openFiles = (services: Services, root: string) => ({
  files: filesOf(services.fileSystem, root),
});

async function rebuild(args: Args, services: Services): Promise<ExitCode> {
  const kb = openKnowledgeBase(services, args, 'openkb doctor --rebuild-registry');
  if (!args.dryRun) await underLock(kb, args, () => {});
  const rebuilt = await rebuildRegistry({
    kb,
    lock: args,
    clock: services.clock,
    dryRun: args.dryRun,
    approve: async (plan) => {
      if (!args.yes) for (const line of printRebuilt(plan, uncolored)) args.reporter.note(line);
      return confirm(args, 'Write this registry');
    },
  });
  args.reporter.result(rebuilt, printRebuilt);
  return exitCodes.done;
}

const NO_KNOWLEDGE_BASE: Finding = {
  name: 'knowledge-base',
  status: 'note',
  text: 'there is none here; only the installation was looked at',
  hint: 'Name one with --kb DIR.',
};

/** One that is named must be there; without a name the installation alone is worth a look. */
function rootOrNone(services: Services, args: Context): string | undefined {
  try {
    return findRoot(services, args, 'recoverable');
  } catch (error) {
    const named = args.kb ?? services.environment['OPENKB_DIR'];
    if (named || !(error instanceof CliError) || error.code !== 'no-knowledge-base') throw error;
    return undefined;
  }
}

/** What is broken comes first: recovery needs a disk that works. */
function exitCodeOf(findings: readonly Finding[]): ExitCode {
  const has = (wanted: Finding['status']) => findings.some(({ status }) => status === wanted);
  if (has('broken')) return exitCodes.failed;
  return has('recovery') ? exitCodes.recoveryNeeded : exitCodes.done;
}

const print: Print<Diagnosis> = ({ root, findings }, style) => [
  ...(root === undefined ? [] : [style.bold(root)]),
  ...findings.flatMap((finding) => lines(finding, style)),
  summary(findings),
];

function lines({ name, status, text, hint }: Finding, { good, odd, bad }: Style): string[] {
  const paint = { ok: good, note: odd, recovery: bad, broken: bad }[status];
  const mark = paint(status.padEnd(8));
  const first = `${mark}  ${name.replaceAll('-', ' ')}: ${text}`;
  return status === 'ok' || hint === undefined ? [first] : [first, `          ${hint}`];
}

function summary(findings: readonly Finding[]): string {
  const number = (wanted: Finding['status']) =>
    findings.filter(({ status }) => status === wanted).length;
  const broken = number('broken');
  const unfinished = number('recovery');
  if (broken > 0) return `${count(broken, 'thing is', 'things are')} broken.`;
  if (unfinished > 0) return `${count(unfinished, 'change is', 'changes are')} unfinished.`;
  return 'All is well.';
}
