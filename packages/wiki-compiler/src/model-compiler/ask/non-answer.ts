/** Tells an answer that is no text of a page: a refusal, "no changes", the prompt itself. */

const EMPTY_WORDS =
  /^["'(*_\s]*(?:n\/?a|none|null|nil|undefined|unchanged|no (?:further |new )?(?:changes?|updates?|content|information|summary)(?: (?:from|to|needed|necessary|required|available|provided|were|was|is)\b[^\n]{0,80})?|same as (?:above|before|previous)[^\n]{0,40}|not (?:applicable|available)|todo|tbd|\.{3}|…|keine (?:änderung(?:en)?|angaben?)|无变化|没有(?:变化|更新|改动)|无)["')*_.!。\s]*$/iu;

const APOLOGY =
  /^["'*_\s]*(?:(?:i['’]?m|i am|we are|we['’]re) (?:sorry|unable|afraid)\b|sorry\b|apologies\b|i apologi[sz]e\b|(?:unfortunately,? )?(?:i|we) (?:can(?:no|['’])t|could ?n['’]t|could not|do not have|don['’]t have|am not able)\b|as an? (?:ai|language model|assistant)\b|es tut mir leid\b|entschuldigung\b|tut mir leid\b|leider kann ich\b|抱歉|对不起|很遗憾|我无法)/iu;

/** An apology is short; a page may well open with such words in a quotation and go on. */
const LONGEST_APOLOGY = 600;

/** A clause that says why the text is none, undefined where it may be one. */
export function nonAnswer(text: string): string | undefined {
  const trimmed = text.trim();
  if (!/[\p{L}\p{N}]/u.test(trimmed)) return 'it holds no text';
  if (EMPTY_WORDS.test(trimmed)) return `it says only "${trimmed.slice(0, 60)}"`;
  if (trimmed.length <= LONGEST_APOLOGY && APOLOGY.test(trimmed))
    return 'it is an apology and not a text';
  return undefined;
}

/** Instructions shorter than this may stand in a page by chance. */
const SHORTEST_LINE = 60;

/** Whether a text repeats an instruction of the prompt word for word; `material` is what the prompt shows besides. */
export function echoesPrompt(text: string, prompt: string): boolean {
  if (/<\/?(?:document|pages?|current-page|conventions|kept|passages) id="[0-9a-f]{8}">/.test(text))
    return true;
  const plain = flat(text);
  return instructionsOf(prompt).some((line) => plain.includes(line));
}

/** The lines of a prompt outside its fences. */
function instructionsOf(prompt: string): string[] {
  const bare = prompt.replace(/<([a-z0-9-]+) id="([0-9a-f]{8})">\n[\s\S]*?\n<\/\1 id="\2">/g, '');
  return bare
    .split('\n')
    .map(flat)
    .filter((line) => line.length >= SHORTEST_LINE);
}

function flat(text: string): string {
  return text
    .replace(/^[\s\-*>#]+/, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}
