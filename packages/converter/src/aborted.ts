import { ConversionError } from './error.ts';

/** What a conversion that was ended by a signal fails with: the reason as it is, or a `timeout`. */
export function aborted(name: string, reason: unknown): unknown {
  if (!(reason instanceof Error) || reason.name !== 'TimeoutError') return reason;
  return new ConversionError('timeout', `"${name}" took longer to convert than allowed.`, {
    cause: reason,
  });
}
