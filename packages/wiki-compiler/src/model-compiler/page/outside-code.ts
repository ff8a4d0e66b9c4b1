/** Changes a text outside its code: fenced blocks and code spans stay as they are. */
export function outsideCode(text: string, change: (text: string) => string): string {
  return fencedParts(text)
    .map(({ code, text: part }) => (code ? part : outsideSpans(part, change)))
    .join('');
}

interface Part {
  readonly code: boolean;
  text: string;
}

function fencedParts(text: string): Part[] {
  const parts: Part[] = [];
  let fence: string | undefined;
  for (const line of text.split(/(?<=\n)/)) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    const opens = fence === undefined && mark !== undefined;
    const closes = fence !== undefined && mark?.startsWith(fence) === true;
    const code = fence !== undefined || opens;
    const last = parts.at(-1);
    if (last !== undefined && last.code === code && !opens) last.text += line;
    else parts.push({ code, text: line });
    if (opens) fence = mark;
    else if (closes) fence = undefined;
  }
  return parts;
}

/** A span ends with as many backticks as it begins with, in the same line. */
const SPAN = /(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g;

/** A noncharacter: it stands for a span while the text around it is changed. */
const HELD = '\uFDD0';

function outsideSpans(text: string, change: (text: string) => string): string {
  if (!text.includes('`')) return change(text);
  // the spans are set aside, so that what is changed may reach over them
  const spans: string[] = [];
  const held = text.replaceAll(HELD, '').replace(SPAN, (span) => {
    spans.push(span);
    return `${HELD}${spans.length - 1}${HELD}`;
  });
  return change(held).replace(
    /\uFDD0(\d+)\uFDD0/g,
    (_, number: string) => spans[Number(number)] ?? '',
  );
}
