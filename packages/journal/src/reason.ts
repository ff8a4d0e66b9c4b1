import { errorCode } from '@openkb/atomic-fs';

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the disk is read-only',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EIO: 'the disk reports an input/output error',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  EBUSY: 'a file is in use',
};

/** An error in words for people, with the path it is about where the system names one. */
export function reasonOf(error: unknown): string {
  const words = REASONS[errorCode(error) ?? ''];
  const message = error instanceof Error ? error.message : String(error);
  if (words === undefined) return message;
  // of a rename or link the target says more than the journal's own file
  const { path: from, dest } = error as { path?: unknown; dest?: unknown };
  const path = dest ?? from;
  return typeof path === 'string' ? `${words} ("${path}")` : words;
}
