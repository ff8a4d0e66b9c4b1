/** Emphasis for people; without colour every function returns its text as it is. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly odd: (text: string) => string;
  readonly italic: (text: string) => string;
  readonly code: (text: string) => string;
  readonly link: (text: string) => string;
}

const escape = (open: number, close: number) => (text: string) =>
  `\u001B[${open}m${text}\u001B[${close}m`;
const plain = (text: string) => text;

export const colored: Style = {
  bold: escape(1, 22),
  dim: escape(2, 22),
  good: escape(32, 39),
  bad: escape(31, 39),
  odd: escape(33, 39),
  italic: escape(3, 23),
  code: escape(36, 39),
  link: escape(4, 24),
};

export const uncolored: Style = {
  bold: plain,
  dim: plain,
  good: plain,
  bad: plain,
  odd: plain,
  italic: plain,
  code: plain,
  link: plain,
};

interface ColorQuestion {
  readonly color: 'auto' | 'always' | 'never';
  readonly terminal: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Flag first, then `NO_COLOR` and `FORCE_COLOR`, then whether a terminal shows it. */
export function styleFor({ color, terminal, environment }: ColorQuestion): Style {
  if (color !== 'auto') return color === 'always' ? colored : uncolored;
  if (environment['NO_COLOR']) return uncolored;
  const forced = environment['FORCE_COLOR'];
  if (forced !== undefined && forced !== '0' && forced !== 'false') return colored;
  return terminal && environment['TERM'] !== 'dumb' ? colored : uncolored;
}
