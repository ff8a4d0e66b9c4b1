/** The number in front of a heading: `3.2.1 Drainage`, `Chapter 4`, `第二章`, `Appendix B`, `IV. Methods`. */

export interface Numbering {
  readonly kind: 'part' | 'chapter' | 'decimal' | 'appendix' | 'roman' | 'letter';
  /** `3.2.1` is `[3, 2, 1]`; letters count from 1. Empty for an appendix without a letter. */
  readonly numbers: readonly number[];
  /** 0 for a part, 1 for a chapter, 3 for `3.2.1`. */
  readonly depth: number;
  /** The title without its number. */
  readonly rest: string;
}

const PART = /^(?:part|teil|partie|parte|deel|del|часть)\s+([ivxlc]+|\d{1,3}|[a-z])\b[.:–—-]?\s*/iu;
const CHAPTER =
  /^(?:chapter|kapitel|chapitre|capítulo|capitolo|hoofdstuk|глава|lecture|lesson|unit|module|article|section)\s+(\d{1,3}|[ivxlc]+)\b[.:–—-]?\s*/iu;
const APPENDIX =
  /^(?:appendix|anhang|annex|annexe|apéndice|appendice|приложение|附录|附錄|付録)(?:\s*([a-z]|\d{1,3})\b)?[.:–—-]?\s*/iu;
const HAN = /^第\s*([\d〇零一二三四五六七八九十百]+)\s*([部编編篇章节節条])\s*/u;
const DECIMAL = /^(?:§+\s*)?(\d{1,3}(?:\.\d{1,3}){0,5})(?:[.):]\s*|\s+|(?=[\p{Lo}]))(?=\S)/u;
const LETTER = /^([A-Z])((?:\.\d{1,3})+)\.?\s+|^([A-Z])\.\s+/u;
const ROMAN = /^([IVXLC]{1,6})\.\s+/u;

/** Value of a roman number in either case, or `undefined`. */
export const romanValue = (text: string): number | undefined => {
  const roman = text.toLowerCase();
  if (!/^(?=.)c{0,3}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})$/.test(roman)) return undefined;
  const values: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10, l: 50, c: 100 };
  const digits = Array.from(roman, (digit) => values[digit] ?? 0);
  return digits.reduce((sum, digit, i) => sum + (digit < (digits[i + 1] ?? 0) ? -digit : digit), 0);
};

const hanValue = (text: string): number => {
  if (/^\d+$/.test(text)) return Number(text);
  let value = 0;
  let digit = 0;
  for (const sign of text) {
    const unit = { 十: 10, 百: 100 }[sign];
    if (unit === undefined) digit = '零一二三四五六七八九'.indexOf(sign.replace('〇', '零'));
    else {
      value += (digit || 1) * unit;
      digit = 0;
    }
  }
  return value + digit;
};

const ordinal = (text: string): number =>
  /^\d+$/.test(text) ? Number(text) : (romanValue(text) ?? text.toLowerCase().charCodeAt(0) - 96);

const word = (title: string): Numbering | undefined => {
  const part = PART.exec(title);
  if (part) {
    const rest = title.slice(part[0].length);
    return { kind: 'part', numbers: [ordinal(part[1] ?? '')], depth: 0, rest };
  }
  const chapter = CHAPTER.exec(title);
  if (chapter) {
    const rest = title.slice(chapter[0].length);
    return { kind: 'chapter', numbers: [ordinal(chapter[1] ?? '')], depth: 1, rest };
  }
  const appendix = APPENDIX.exec(title);
  if (appendix) {
    const numbers = appendix[1] === undefined ? [] : [ordinal(appendix[1])];
    return { kind: 'appendix', numbers, depth: 1, rest: title.slice(appendix[0].length) };
  }
  const han = HAN.exec(title);
  if (!han) return undefined;
  const depth = '部编編篇'.includes(han[2] ?? '') ? 0 : han[2] === '章' ? 1 : 2;
  const kind = depth === 0 ? 'part' : 'chapter';
  return { kind, numbers: [hanValue(han[1] ?? '')], depth, rest: title.slice(han[0].length) };
};

/** The numbering of a title, or `undefined` where it has none. */
export const parseNumbering = (title: string): Numbering | undefined => {
  const named = word(title);
  if (named) return named;
  const decimal = DECIMAL.exec(title);
  if (decimal) {
    const numbers = (decimal[1] ?? '').split('.').map(Number);
    const rest = title.slice(decimal[0].length);
    return { kind: 'decimal', numbers, depth: numbers.length, rest };
  }
  const roman = ROMAN.exec(title);
  const value = romanValue(roman?.[1] ?? '');
  if (roman && value !== undefined)
    return { kind: 'roman', numbers: [value], depth: 1, rest: title.slice(roman[0].length) };
  const letter = LETTER.exec(title);
  if (!letter) return undefined;
  const rest = title.slice(letter[0].length);
  const first = ordinal((letter[1] ?? letter[3] ?? '').toLowerCase());
  const numbers = [first, ...(letter[2] ?? '').split('.').filter(Boolean).map(Number)];
  return { kind: 'letter', numbers, depth: numbers.length, rest };
};
