/**
 * One home for what the packages' error codes mean to a reader: the sentence, the hint, the exit
 * code. Errors are told apart by class name and code, so that no package is loaded for it.
 */
import { CliError } from './errors.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';

interface Explanation {
  readonly hint?: string;
  readonly exitCode?: ExitCode;
}

const journal: Readonly<Record<string, Explanation>> = {
  locked: {
    hint: 'Try again when it has finished, or give it longer with --wait SECONDS.',
    exitCode: exitCodes.locked,
  },
  'recovery-needed': {
    hint: "Run 'openkb recover' to try again, or 'openkb recover --set-aside' to go on without it.",
    exitCode: exitCodes.recoveryNeeded,
  },
  'outcome-unknown': {
    hint: "Check the disk, then run 'openkb recover': it decides whether the change is in.",
    exitCode: exitCodes.recoveryNeeded,
  },
  'not-written': { hint: 'Check free space, permissions and the disk.' },
  conflict: {
    hint: 'Nothing was written. Run the command again when nothing else edits the wiki.',
  },
  'bad-path': {},
  'not-locked': {},
  'not-restorable': { hint: "See 'openkb recover --list'; nothing was changed." },
};

const conversion: Readonly<Record<string, Explanation>> = {
  'password-needed': { hint: 'The password of a PDF can be given with --password.' },
  damaged: { hint: 'Open it in its own program and save it again, then add the new file.' },
  unsupported: { hint: 'Save it as PDF, DOCX, HTML, Markdown or plain text and add that.' },
  timeout: { hint: 'To give every document more time, set OPENKB_CONVERT_SECONDS.' },
  'out-of-memory': {
    hint: 'To give every document more memory, set OPENKB_CONVERT_MEMORY (in MiB).',
  },
};

const key = { exitCode: exitCodes.key };
const quota = { exitCode: exitCodes.quota };

const languageModel: Readonly<Record<string, Explanation>> = {
  'unknown-provider': { exitCode: exitCodes.usage },
  'unknown-model': { exitCode: exitCodes.usage },
  'bad-setting': { exitCode: exitCodes.usage },
  'key-missing': key,
  'key-refused': key,
  quota,
  'rate-limited': quota,
  unreachable: quota,
};

const again =
  'Nothing was written. What the model has answered is kept: run the command again, and only what is missing is asked for.';

const compile: Readonly<Record<string, Explanation>> = {
  'summary-failed': { hint: again },
  'plan-failed': { hint: again },
  'pages-failed': { hint: `${again} Or keep the rest with --allow-partial.` },
  'document-too-long': { hint: 'Choose a model with a longer context, or --model extractive.' },
};

const pageIndex: Readonly<Record<string, Explanation>> = {
  unauthorized: key,
  forbidden: quota,
  'payment-required': quota,
  'rate-limited': quota,
  'not-found': { hint: "See the ids of your documents with 'openkb cloud list'." },
  network: { hint: 'Check the connection, and PAGEINDEX_API_URL where you have set it.' },
  'not-ready': { hint: "See how far it is with 'openkb cloud status'." },
};

const system: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space left on the disk',
  EDQUOT: 'the disk quota is used up',
  EIO: 'the disk reports an input/output error',
  EMFILE: 'too many open files',
  EISDIR: 'it is a directory',
  ENOTDIR: 'a part of the path is not a directory',
  ELOOP: 'it is a symbolic link, or one of a loop of them',
  ENAMETOOLONG: 'the name is too long',
};

/** What went wrong, as the reader sees it. What nobody foresaw is a bug and says so. */
export function explain(error: unknown): CliError {
  if (error instanceof CliError) return error;
  if (!(error instanceof Error)) return new CliError('unexpected', String(error));
  if (error.name === 'BudgetSpent')
    return new CliError('max-cost', error.message, { hint: again, ...quota, cause: error });
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  if (code !== undefined) {
    const message = error.message.replace(/\.$/, '');
    const known = providerFailed(error) ? { hint: again, ...quota } : meaning(error, code);
    if (known) return new CliError(code, message, { ...known, ...hintOf(error), cause: error });
    const reason = systemReason(error);
    if (reason) return new CliError(code.toLowerCase(), reason, { cause: error });
    if (/^(?:Journal|Conversion|AtomicFs|Download|LanguageModel|PageIndex)Error$/.test(error.name))
      return new CliError(code, message, { ...hintOf(error), cause: error });
  }
  return new CliError('unexpected', `unexpected error: ${error.message}`, {
    hint: 'This is a bug in openkb; run the command again with -v for the details of a report.',
    cause: error,
  });
}

/** Whether a document failed for a reason that every other one would fail for too. */
function providerFailed(error: Error): boolean {
  if (error.name !== 'CompileError') return false;
  const { failures = [] } = error as Error & { failures?: readonly { cause?: unknown }[] };
  return [error, ...failures].some(({ cause }) => {
    const { code } = (cause ?? {}) as { readonly code?: unknown };
    return code === 'unreachable' || code === 'rate-limited';
  });
}

/** A password can be given for a PDF alone; what else is encrypted says itself what to do. */
function meaning(error: Error, code: string): Explanation | undefined {
  const known = table(error.name)?.[code];
  return code === 'password-needed' && !error.message.includes('only with a password') ? {} : known;
}

function table(name: string): Readonly<Record<string, Explanation>> | undefined {
  return {
    JournalError: journal,
    ConversionError: conversion,
    LanguageModelError: languageModel,
    CompileError: compile,
    PageIndexError: pageIndex,
  }[name];
}

function hintOf(error: Error): { hint?: string } {
  return 'hint' in error && typeof error.hint === 'string' ? { hint: error.hint } : {};
}

/** `"/path": no space left on the disk`, or `undefined` when it is no error of the system. */
function systemReason(error: Error): string | undefined {
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === undefined || !/^E[A-Z0-9]+$/.test(code)) return undefined;
  const reason = system[code] ?? error.message;
  return path === undefined ? reason : `"${path}": ${reason}`;
}
