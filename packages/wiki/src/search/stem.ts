import { stemmer as arabic } from '@orama/stemmers/arabic';
import { stemmer as danish } from '@orama/stemmers/danish';
import { stemmer as dutch } from '@orama/stemmers/dutch';
import { stemmer as finnish } from '@orama/stemmers/finnish';
import { stemmer as french } from '@orama/stemmers/french';
import { stemmer as german } from '@orama/stemmers/german';
import { stemmer as hungarian } from '@orama/stemmers/hungarian';
import { stemmer as italian } from '@orama/stemmers/italian';
import { stemmer as norwegian } from '@orama/stemmers/norwegian';
import { stemmer as portuguese } from '@orama/stemmers/portuguese';
import { stemmer as romanian } from '@orama/stemmers/romanian';
import { stemmer as russian } from '@orama/stemmers/russian';
import { stemmer as spanish } from '@orama/stemmers/spanish';
import { stemmer as swedish } from '@orama/stemmers/swedish';
import { stemmer as turkish } from '@orama/stemmers/turkish';

import { englishStem } from './english-stem.ts';
import { primaryLanguage } from './language-tag.ts';

const STEMMERS: ReadonlyMap<string, (word: string) => string> = new Map(
  Object.entries({
    ar: arabic,
    da: danish,
    de: german,
    en: englishStem,
    es: spanish,
    fi: finnish,
    fr: french,
    hu: hungarian,
    it: italian,
    nl: dutch,
    no: norwegian,
    pt: portuguese,
    ro: romanian,
    ru: russian,
    sv: swedish,
    tr: turkish,
  }),
);

// the stemmers are regular expressions, some of them costly on a word of many equal letters
const MAX_LENGTH = 64;

/**
 * The stem of a lower-case word: Porter's algorithm for English, Snowball's for Arabic, Danish, Dutch, Finnish, French,
 * German, Hungarian, Italian, Norwegian, Portuguese, Romanian, Russian, Spanish, Swedish and Turkish. A word of another
 * language, or of more than 64 letters, is its own stem. `language` is a BCP 47 tag.
 */
export function stem(word: string, language: string): string {
  const stemmer = STEMMERS.get(primaryLanguage(language));
  return stemmer === undefined || word.length > MAX_LENGTH ? word : stemmer(word) || word;
}
