import type { CliError } from '../errors.ts';
import type { Style } from './style.ts';

/** How a value reads for people: lines without line ends. */
export type Print<T> = (value: T, style: Style) => readonly string[];

/** A value that programs read; `type` says which it is. */
export interface Reported {
  readonly type: string;
  /** What the reader must know, such as edits that are lost: people are told it even where they want it quiet. */
  readonly warnings?: readonly string[];
}

/** What is done to what; the path is cut on the left where the terminal is narrow. */
export interface StepLine {
  readonly text: string;
  readonly path: string;
}

/**
 * The only place that writes. Commands hand over values; with `--json` they are printed as they
 * are, otherwise through the function that comes with them.
 */
export interface Reporter {
  /** The outcome of the command, to standard output. */
  result<T extends Reported>(value: T, print: Print<T>): void;
  /** One finished part of a long run, to standard output: a line of JSON, or lines for people. */
  part<T extends Reported>(value: T, print: Print<T>): void;
  /** One part of a long run that failed: a line of JSON, or an error message for people. */
  partFailed(value: Reported, error: CliError): void;
  /** Where a long run stands: a line of JSON, or, where there is one, a line on standard error. */
  step(value: Reported, line?: StepLine): void;
  /** Something that is good to know while watching, to standard error; programs are not told. */
  note(text: string): void;
  /** Something the reader should know, to standard error. */
  warn(text: string): void;
  /** Why the command failed. */
  failure(error: CliError): void;
}
