import { GrowingNumbers } from './growing-numbers.ts';
import type { PackedEntry } from './pack-segment.ts';
import { stem } from './stem.ts';
import { stopWords } from './stop-words.ts';
import { Vocabulary } from './vocabulary.ts';
import { scanWords } from './words.ts';

/** Counts the words of passages, one passage after the other, each language by itself. */
export class PassageWords {
  readonly #languages = new Map<string, LanguageWords>();
  readonly #lengths = new GrowingNumbers();

  /** @param weight what each word of the text counts */
  add(text: string, language: string, weight: number): void {
    let words = this.#languages.get(language);
    if (words === undefined) this.#languages.set(language, (words = new LanguageWords(language)));
    words.add(text, weight);
  }

  endPassage(): void {
    let length = 0;
    for (const words of this.#languages.values()) length += words.endPassage(this.#lengths.length);
    this.#lengths.push(length);
  }

  /** Words of each passage, by their weight. */
  lengths(): Uint32Array {
    return this.#lengths.view().slice();
  }

  /** What a segment is packed of: of each word a text, and where it occurs; ascending by the text. */
  *entries(): Generator<PackedEntry> {
    const languages = [...this.#languages.values()].map((words) => ({
      first: words.first,
      texts: words.texts(),
      postingsOf: words.postings(),
    }));
    const texts = languages.flatMap((one) => one.texts);
    const order = Uint32Array.from(texts.keys()).toSorted((a, b) =>
      (texts[a] ?? '') < (texts[b] ?? '') ? -1 : 1,
    );
    for (const place of order) {
      let number = place;
      for (const one of languages) {
        if (number < one.texts.length) {
          yield [texts[place] ?? '', one.postingsOf(one.first + number)];
          break;
        }
        number -= one.texts.length;
      }
    }
  }
}

class LanguageWords {
  readonly #language: string;
  readonly #vocabulary = new Vocabulary();
  /** Number of the first word that is counted: the stop words have those before it. */
  readonly first: number;
  /** By word, of the passage that is being counted. */
  #frequencies = new Uint32Array(1 << 12);
  readonly #present: number[] = [];
  /** Word, passage and frequency in turn. */
  readonly #postings = new GrowingNumbers();

  constructor(language: string) {
    this.#language = language;
    for (const word of stopWords(language)) this.#vocabulary.numberOf(word, 0, word.length);
    this.first = this.#vocabulary.size;
  }

  add(text: string, weight: number): void {
    const count = (from: string, start: number, end: number): boolean => {
      const word = this.#vocabulary.numberOf(from, start, end);
      if (word < this.first) return false;
      if (word >= this.#frequencies.length) this.#grow();
      const frequency = this.#frequencies[word] ?? 0;
      if (frequency === 0) this.#present.push(word);
      this.#frequencies[word] = frequency + weight;
      return true;
    };
    scanWords(text, this.#language, {
      plain: count,
      word: (whole, parts) => {
        if (count(whole, 0, whole.length)) for (const part of parts) count(part, 0, part.length);
      },
    });
  }

  #grow(): void {
    const larger = new Uint32Array(this.#frequencies.length * 2);
    larger.set(this.#frequencies);
    this.#frequencies = larger;
  }

  /** @returns words of the passage, by their weight */
  endPassage(passage: number): number {
    let length = 0;
    for (const word of this.#present) {
      const frequency = this.#frequencies[word] ?? 0;
      this.#postings.push(word);
      this.#postings.push(passage);
      this.#postings.push(frequency);
      this.#frequencies[word] = 0;
      length += frequency;
    }
    this.#present.length = 0;
    return length;
  }

  /** The texts of the entries, from that of the `first` word on. */
  texts(): string[] {
    const texts: string[] = [];
    for (let number = this.first; number < this.#vocabulary.size; number += 1) {
      const word = this.#vocabulary.word(number);
      texts.push(`${stem(word, this.#language)}\t${this.#language}\t${word}`);
    }
    return texts;
  }

  /** @returns of a word, passage and frequency in turn; passages ascending */
  postings(): (word: number) => Uint32Array {
    const postings = this.#postings.view();
    const ends = new Uint32Array(this.#vocabulary.size);
    for (let i = 0; i < postings.length; i += 3) {
      const word = postings[i] ?? 0;
      ends[word] = (ends[word] ?? 0) + 2;
    }
    let sum = 0;
    for (const [word, count] of ends.entries()) {
      ends[word] = sum;
      sum += count;
    }
    const starts = ends.slice();
    const flat = new Uint32Array(sum);
    for (let i = 0; i < postings.length; i += 3) {
      const word = postings[i] ?? 0;
      const at = ends[word] ?? 0;
      flat[at] = postings[i + 1] ?? 0;
      flat[at + 1] = postings[i + 2] ?? 0;
      ends[word] = at + 2;
    }
    return (word) => flat.subarray(starts[word], ends[word]);
  }
}
