/** The words that pages say for themselves, in the language of the wiki; English where there are none. */

export interface Labels {
  /** The visible line that says how the page came about; `link` makes a link to the document of a word. */
  offline(link: (word: string) => string): string;
  readonly authors: string;
  readonly outline: string;
  /** What a topic is mentioned with in a document. */
  readonly mentionedWith: string;
  mentions(count: number): string;
  page(number: number): string;
  pages(first: number, last: number): string;
}

const ENGLISH: Labels = {
  offline: (link) =>
    `Compiled offline without a language model: the sentences below are quoted from the ${link('document')}.`,
  authors: 'Authors',
  outline: 'Outline',
  mentionedWith: 'Mentioned with',
  mentions: (count) => (count === 1 ? '1 mention' : `${count} mentions`),
  page: (number) => `p. ${number}`,
  pages: (first, last) => (first === last ? `page ${first}` : `pages ${first}–${last}`),
};

const GERMAN: Labels = {
  offline: (link) =>
    `Ohne Sprachmodell erstellt: Die folgenden Sätze sind aus dem ${link('Dokument')} zitiert.`,
  authors: 'Autoren',
  outline: 'Gliederung',
  mentionedWith: 'Erwähnt mit',
  mentions: (count) => (count === 1 ? '1 Erwähnung' : `${count} Erwähnungen`),
  page: (number) => `S. ${number}`,
  pages: (first, last) => (first === last ? `Seite ${first}` : `Seiten ${first}–${last}`),
};

const CHINESE: Labels = {
  offline: (link) => `未使用语言模型，离线编译：以下句子均引自${link('原文')}。`,
  authors: '作者',
  outline: '大纲',
  mentionedWith: '相关',
  mentions: (count) => `${count} 次`,
  page: (number) => `第 ${number} 页`,
  pages: (first, last) => (first === last ? `第 ${first} 页` : `第 ${first}–${last} 页`),
};

/** Labels for a BCP 47 tag or for a language's English name, as configurations write it. */
export function labelsOf(language: string): Labels {
  if (/^(?:de\b|german|deutsch)/i.test(language)) return GERMAN;
  if (/^(?:zh\b|chinese|中文)/i.test(language)) return CHINESE;
  return ENGLISH;
}
