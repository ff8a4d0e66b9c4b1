import { lazy } from '../lazy.ts';
import type { Passage } from './passage.ts';
import { stem } from './stem.ts';
import { wholeWords } from './words.ts';

/** The keys under which a page that defines something is found: its title, whole, without and inside parentheses; its aliases. */
export function definitionKeys(passage: Passage, language: string): string[] {
  const { title, aliases = [] } = passage;
  const [, before = '', inside = ''] = /^([^()]+)\(([^()]+)\)\s*$/.exec(title) ?? [];
  const keys = [title, before, inside, ...aliases].map((name) => definitionKey(name, language));
  return [...new Set(keys)].filter((key) => key !== `${language} `);
}

/** The key of a name: its words, stemmed, in their language. */
export function definitionKey(name: string, language: string): string {
  const words = wholeWords(name, language).flatMap((word) => word.split('-'));
  return `${language} ${words.map((word) => stem(word, language)).join(' ')}`;
}

const ARTICLE = {
  en: '(?:an?|the)',
  de: '(?:eine?|der|die|das)',
  romance: '(?:un[ae]?|uno|le|la|les|lo|il|i|gli|el|los|las|o|os|as)',
  nl: '(?:een|de|het)',
};

const questions = lazy((): readonly RegExp[] => [
  pattern(`(?:what|who)(?:'s| (?:is|are|was|were))(?: meant by)?(?: ${ARTICLE.en})? (.+)`),
  pattern(`(?:define|definition of|meaning of)(?: ${ARTICLE.en})? (.+)`),
  pattern(`what (?:does|do) (.+) (?:mean|stand for)`),
  pattern(`(?:was|wer) (?:ist|sind|war|waren|bedeutet|bedeuten|heißt)(?: ${ARTICLE.de})? (.+)`),
  pattern(`qu'est[- ]ce (?:que |qu')(?:c'est que )?(?:l'|d'|${ARTICLE.romance} )?(.+)`),
  pattern(`(?:qui|quoi) (?:est|sont|était) (?:l'|${ARTICLE.romance} )?(.+)`),
  pattern(`(?:qué|que|quién|quien) (?:es|son|fue|significa) (?:${ARTICLE.romance} )?(.+)`),
  pattern(`(?:che )?(?:cos'è|cosa (?:è|sono|significa)) (?:l'|un'|${ARTICLE.romance} )?(.+)`),
  pattern(`(?:chi è|quem (?:é|foi)|o que (?:é|são|significa)) (?:l'|${ARTICLE.romance} )?(.+)`),
  pattern(`(?:wat|wie) (?:is|zijn|was|betekent)(?: ${ARTICLE.nl})? (.+)`),
  pattern('(?:什么是|什麼是|何谓|何謂|谁是|誰是)(.+)'),
  pattern('(.+?)(?:是什么|是什麼|是谁|是誰)(?:意思)?'),
  pattern('(.+?)とは(?:何|なに|なん|誰)?(?:です|でしょう)?か?'),
  pattern('(.+?)(?:이란|란|은|는|이|가)? ?(?:무엇|뭐)(?:인가요?|입니까|예요|야)?'),
]);

function pattern(source: string): RegExp {
  return new RegExp(`^${source}$`, 'u');
}

/** What a question "what is X" asks for, in any of ten languages; undefined where the query is no such question. */
export function subjectOf(query: string): string | undefined {
  const question = query
    .slice(0, 300)
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/\s+/g, ' ')
    .replace(/^[\s¿¡"']+|[\s?!."'。？！؟]+$/g, '');
  for (const form of questions()) {
    const subject = form
      .exec(question)?.[1]
      ?.replace(/^["'«„“]+|["'»”]+$/g, '')
      .trim();
    if (subject !== undefined && subject !== '') return subject;
  }
  return undefined;
}
