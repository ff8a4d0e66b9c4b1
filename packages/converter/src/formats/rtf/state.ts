/** Where the characters of a group go. */
export type Destination =
  | 'text'
  | 'skip'
  | 'fonts'
  | 'styles'
  | 'info'
  | 'picture'
  | 'note'
  | 'field'
  | 'instruction'
  | 'list-text';

/** What a group has of its own and its inner groups begin with. */
export interface GroupState {
  destination: Destination;
  bold: boolean;
  italic: boolean;
  struck: boolean;
  hidden: boolean;
  raised: '' | 'sup' | 'sub';
  font: number;
  /** Characters that stand for one of Unicode in old readers, and are left out after it. */
  skipAfterUnicode: number;
  /** Name of the field of the information group. */
  info: string;
}

/** What a paragraph has; it holds until `\pard`. */
export interface ParagraphState {
  style: number;
  outline: number | undefined;
  inTable: boolean;
  /** Level of the list item, 0 the outermost; `undefined` outside of lists. */
  list: number | undefined;
}

export const plainGroup: Readonly<GroupState> = {
  destination: 'text',
  bold: false,
  italic: false,
  struck: false,
  hidden: false,
  raised: '',
  font: 0,
  skipAfterUnicode: 1,
  info: '',
};

export const plainParagraph: Readonly<ParagraphState> = {
  style: 0,
  outline: undefined,
  inTable: false,
  list: undefined,
};

const DESTINATIONS: Readonly<Record<string, Destination>> = {
  fonttbl: 'fonts',
  stylesheet: 'styles',
  info: 'info',
  pict: 'picture',
  footnote: 'note',
  fldinst: 'instruction',
  field: 'field',
  listtext: 'list-text',
  pntext: 'list-text',
  shppict: 'text',
  fldrslt: 'text',
  upr: 'text',
  ud: 'text',
};
const SKIPPED = new Set(
  (
    'colortbl header headerl headerr headerf footer footerl footerr footerf listtable listoverridetable ' +
    'rsidtbl generator themedata colorschememapping latentstyles datastore object objdata nonshppict xmlnstbl ' +
    'pgptbl mmathPr wgrffmtfilter bkmkstart bkmkend tc xe filetbl revtbl annotation atnid atnauthor atrfstart atrfend ' +
    'atndate atnref ftnsep ftnsepc aftnsep aftnsepc template operator doccomm fchars lchars sp panose falt fname'
  ).split(' '),
);

/** Where a control word sends its group; `undefined` for a word that is none of these. */
export function destinationOf(word: string): Destination | undefined {
  return Object.hasOwn(DESTINATIONS, word)
    ? DESTINATIONS[word]
    : SKIPPED.has(word)
      ? 'skip'
      : undefined;
}
