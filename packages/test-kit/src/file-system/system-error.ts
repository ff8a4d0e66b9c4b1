/** Errors with the properties and the message that Node gives to a failed system call. */
import { constants } from 'node:os';

const reasons = {
  EACCES: 'permission denied',
  EBADF: 'bad file descriptor',
  EBUSY: 'resource busy or locked',
  EDQUOT: 'disk quota exceeded',
  EEXIST: 'file already exists',
  EINVAL: 'invalid argument',
  EIO: 'i/o error',
  EISDIR: 'illegal operation on a directory',
  ELOOP: 'too many symbolic links encountered',
  EMFILE: 'too many open files',
  EMLINK: 'too many links',
  ENAMETOOLONG: 'name too long',
  ENOENT: 'no such file or directory',
  ENOSPC: 'no space left on device',
  ENOTDIR: 'not a directory',
  ENOTEMPTY: 'directory not empty',
  EPERM: 'operation not permitted',
  EROFS: 'read-only file system',
  EXDEV: 'cross-device link not permitted',
} as const;

/** Enough to see who called; test runners ask for a hundred, and loops make errors by the million. */
const frames = 8;

export type ErrorCode = keyof typeof reasons;

/** The error of one system call; `path` and `dest` as Node fills them, `undefined` for handles. */
export function systemError(
  code: ErrorCode,
  syscall: string,
  path?: string,
  dest?: string,
): NodeJS.ErrnoException {
  const subject =
    path === undefined ? '' : ` '${path}'${dest === undefined ? '' : ` -> '${dest}'`}`;
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = Math.min(limit, frames);
  const error: NodeJS.ErrnoException & { dest?: string } = new Error(
    `${code}: ${reasons[code]}, ${syscall}${subject}`,
  );
  Error.stackTraceLimit = limit;
  error.code = code;
  error.errno = -((constants.errno as Record<string, number>)[code] ?? 1);
  error.syscall = syscall;
  if (path !== undefined) error.path = path;
  if (dest !== undefined) error.dest = dest;
  return error;
}
