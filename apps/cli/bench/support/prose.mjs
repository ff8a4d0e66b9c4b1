// Prose with the statistics of prose, which is what search and its files depend on: a vocabulary of tens of
// thousands of made-up words that are used as often as words are (Zipf's law), inflected, among the function
// words of English. The same at every run.
const FUNCTION_WORDS =
  'the of and to in is that for it with as was on are be this by from at which or have an not were has can but their they'.split(
    ' ',
  );
const ONSETS = 'b br c ch d dr f fl g gr h k l m n p pl qu r s sh st t tr v w'.split(' ');
const NUCLEI = 'a e i o u ai ea ou'.split(' ');
const CODAS = ['', 'l', 'm', 'n', 'nd', 'r', 'rt', 's', 't', 'x'];
const ENDINGS = ['', '', '', '', '', 's', 's', 'ed', 'ing', 'ly', 'ness', 'ation'];
const VOCABULARY = 10_000;
/** Every so many words one is of this text alone: numbers, names, misprints. */
const RARE = 200;

const vocabulary = Array.from({ length: VOCABULARY }, (_, n) => madeWord(n));

function madeWord(n) {
  let rest = n;
  let word = '';
  do {
    const syllable = rest % (ONSETS.length * NUCLEI.length);
    word += ONSETS[syllable % ONSETS.length] + NUCLEI[Math.floor(syllable / ONSETS.length)];
    rest = Math.floor(rest / (ONSETS.length * NUCLEI.length));
  } while (rest > 0);
  return word + CODAS[(n * 7) % CODAS.length];
}

export const capital = (word) => word[0].toUpperCase() + word.slice(1);

/** The title of a subject: two words, another pair for each number below some hundred thousand. */
export function titleOf(n) {
  const first = vocabulary[40 + (n % 997)];
  const second = vocabulary[1100 + ((Math.floor(n / 997) * 31 + n) % 8_800)];
  return `${capital(first)} ${capital(second)}`;
}

/** Zipf's law: the word of rank r comes with a share of about 1/r. */
const contentWord = (pick) => {
  const word = vocabulary[Math.floor(VOCABULARY ** (pick(1 << 16) / (1 << 16))) - 1];
  return word + ENDINGS[pick(ENDINGS.length)];
};

/** One sentence of 8 to 24 words. */
export function proseSentence(pick) {
  const words = [];
  for (let left = 8 + pick(17); left > 0; left -= 1) {
    if (pick(RARE) === 0) words.push(`${contentWord(pick)}${pick(10_000)}`);
    else if (pick(100) < 42) words.push(FUNCTION_WORDS[Math.min(pick(31), pick(31))]);
    else words.push(contentWord(pick));
  }
  return `${capital(words.join(' '))}.`;
}

/** Sentences of about so many characters together. */
export function prose(pick, length) {
  const found = [];
  for (let rest = length; rest > 0;) {
    const sentence = proseSentence(pick);
    found.push(sentence);
    rest -= sentence.length + 1;
  }
  return found;
}
