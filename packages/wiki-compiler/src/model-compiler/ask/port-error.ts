/** What an error of the model port means for the compilation. */

/** Asking for anything else would fail the same way. */
const FATAL = new Set([
  'key-missing',
  'key-refused',
  'unknown-provider',
  'unknown-model',
  'bad-setting',
  'quota',
  'aborted',
  'budget-exceeded',
]);

export type PortErrorKind = 'fatal' | 'too-long' | 'bad-answer' | 'failed';

export function portErrorKind(error: unknown): PortErrorKind {
  const code = codeOf(error);
  if (code === undefined || FATAL.has(code)) return 'fatal';
  if (code === 'context-too-long') return 'too-long';
  return code === 'bad-answer' ? 'bad-answer' : 'failed';
}

export function isTooLong(error: unknown): boolean {
  return codeOf(error) === 'context-too-long';
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** The message as a clause: without its full stop. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.trim().replace(/\.$/, '');
}
