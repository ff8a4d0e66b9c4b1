import { parseLinks } from '@openkb/wiki';

const FENCE = /^( {0,3})(`{3,}|~{3,})(.*)$/;

/**
 * The text with every block of fenced code closed, so that nothing that follows it becomes code, and with
 * fences of which all readers of Markdown say the same. Where a fence within a list or a quotation stays open,
 * all fences go.
 */
export function closeFences(text: string): string {
  const lines: string[] = [];
  let open: string | undefined;
  for (const line of text.split('\n')) {
    const [, indent = '', mark, info = ''] = FENCE.exec(line) ?? [];
    if (mark === undefined) lines.push(line);
    else if (open === undefined) {
      open = mark;
      lines.push(indent + mark + info.replaceAll('`', ''));
    } else if (mark.startsWith(open)) {
      open = undefined;
      lines.push(indent + mark);
    } else lines.push(line);
  }
  if (open !== undefined) lines.push(open);
  const closed = lines.join('\n');
  return isOpen(closed) ? closed.replace(/`{3,}|~{3,}/g, '') : closed;
}

/** Whether a link behind the text would be code. */
function isOpen(text: string): boolean {
  return parseLinks(`${text}\n\n[[probe]]`).at(-1)?.target !== 'probe';
}
