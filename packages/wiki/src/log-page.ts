import { linesOf, oneLine } from './lines.ts';

/** One entry of `log.md`. */
export interface LogEntry {
  /** `YYYY-MM-DD HH:MM:SS`, local time; the log has no zone. */
  readonly at: string;
  /** One word for the command: `ingest`, `remove`, `query`. */
  readonly operation: string;
  readonly description: string;
}

/** The log of a new wiki. */
export function emptyLog(): string {
  return '# Operations Log\n';
}

/**
 * The text to append to `log.md`: a blank line and the heading `## [at] operation | description`. It is one line
 * whatever the description holds, so no description can pass for another entry, and it starts a line of its own also
 * where a person left the log without a line ending.
 */
export function logEntry({ at, operation, description }: LogEntry): string {
  const time = oneLine(at.replace(/[[\]]/g, ''));
  const name = oneLine(operation.replaceAll('|', '/'));
  return `\n## [${time}] ${name} | ${oneLine(description)}`.trimEnd() + '\n';
}

/** The entries of a log, oldest first. Other lines are left out. */
export function readLog(text: string): LogEntry[] {
  const entries: LogEntry[] = [];
  for (const line of linesOf(text)) {
    const match = /^## \[([^\]]*)\]([^|]*)(?:\|(.*))?$/.exec(line.text);
    if (match === null) continue;
    const [, at = '', operation = '', description = ''] = match;
    entries.push({ at: at.trim(), operation: operation.trim(), description: description.trim() });
  }
  return entries;
}
