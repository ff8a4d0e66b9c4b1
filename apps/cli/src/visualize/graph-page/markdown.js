import { inline } from './inline.js';

/** A page's Markdown as a tree of blocks: `{ tag, children }`, see `inline.js`. Any text has one. */
export function markdown(text) {
  const plain = text
    .replace(/^\uFEFF?---\r?\n[^]*?\r?\n---[ \t]*(?:\r?\n|$)/, '')
    .replace(/<!-{2}[^]*?-{2}>/g, '');
  return blocks(plain.split(/\r?\n/), 0);
}

/** Quotes and lists deeper than this are shown as text. */
const DEEPEST = 12;
const ITEM = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;

function blocks(lines, depth) {
  const nodes = [];
  for (let at = 0; at < lines.length;) {
    const next = lines[at].trim() === '' ? { end: at + 1 } : block(lines, at, depth);
    if (next.node) nodes.push(next.node);
    at = next.end;
  }
  return nodes;
}

function block(lines, at, depth) {
  const line = lines[at];
  const fence = /^\s{0,3}(`{3,}|~{3,})/.exec(line);
  if (fence) return fenced(lines, at, fence[1]);
  const heading = /^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$/.exec(line);
  if (heading)
    return { node: { tag: `h${heading[1].length}`, children: inline(heading[2]) }, end: at + 1 };
  if (/^ {0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$/.test(line))
    return { node: { tag: 'hr', children: [] }, end: at + 1 };
  if (depth < DEEPEST && /^ {0,3}>/.test(line)) {
    const end = endOf(lines, at, (one) => /^ {0,3}>/.test(one));
    const inner = lines.slice(at, end).map((one) => one.replace(/^ {0,3}> ?/, ''));
    return { node: { tag: 'blockquote', children: blocks(inner, depth + 1) }, end };
  }
  if (depth < DEEPEST && ITEM.test(line)) return list(lines, at, depth);
  if (
    line.includes('|') &&
    /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/.test(lines[at + 1] ?? '')
  )
    return table(lines, at);
  const end = Math.max(
    at + 1,
    endOf(lines, at, (one, i) => one.trim() !== '' && (i === at || !beginsBlock(one))),
  );
  return {
    node: {
      tag: 'p',
      children: inline(
        lines
          .slice(at, end)
          .map((one) => one.trim())
          .join(' '),
      ),
    },
    end,
  };
}

const beginsBlock = (line) => /^ {0,3}(?:#{1,6}\s|>|`{3}|~{3})/.test(line) || ITEM.test(line);

function endOf(lines, at, belongs) {
  let end = at;
  while (end < lines.length && belongs(lines[end], end)) end += 1;
  return end;
}

function fenced(lines, at, mark) {
  const close = endOf(
    lines,
    at + 1,
    (one) => !(one.trim().startsWith(mark) && one.trim().replaceAll(mark[0], '') === ''),
  );
  const code = lines.slice(at + 1, close).join('\n');
  return { node: { tag: 'pre', children: [{ tag: 'code', children: [code] }] }, end: close + 1 };
}

function list(lines, at, depth) {
  const [, indent, mark] = ITEM.exec(lines[at]);
  const ordered = /\d/.test(mark);
  const items = [];
  let end = at;
  while (end < lines.length) {
    const item = ITEM.exec(lines[end]);
    const inside = /^\s+/.exec(lines[end])?.[0].length ?? 0;
    if (item && item[1].length <= indent.length + 1) {
      if (/\d/.test(item[2]) !== ordered || item[1].length + 1 < indent.length) break;
      items.push([item[3]]);
    } else if (
      lines[end].trim() === ''
        ? !continues(lines, end + 1, indent.length)
        : inside <= indent.length && beginsBlock(lines[end])
    )
      break;
    else items.at(-1).push(lines[end].slice(Math.min(inside, indent.length + 2)));
    end += 1;
  }
  const children = items.map((item) => ({ tag: 'li', children: itemText(item, depth) }));
  return { node: { tag: ordered ? 'ol' : 'ul', children }, end };
}

/** Whether what follows a blank line is still in the list. */
function continues(lines, at, indent) {
  const next = lines[at] ?? '';
  return ITEM.test(next)
    ? /^\s*/.exec(next)[0].length >= indent
    : next.trim() !== '' && /^\s*/.exec(next)[0].length > indent;
}

function itemText(lines, depth) {
  const nodes = blocks(lines, depth + 1);
  return nodes[0]?.tag === 'p' ? [...nodes[0].children, ...nodes.slice(1)] : nodes;
}

function table(lines, at) {
  const end = endOf(lines, at + 2, (one) => one.includes('|'));
  const rows = [row(lines[at], 'th'), ...lines.slice(at + 2, end).map((line) => row(line, 'td'))];
  return { node: { tag: 'table', children: rows }, end };
}

function row(line, tag) {
  const cells = line
    .trim()
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/);
  return { tag: 'tr', children: cells.map((cell) => ({ tag, children: inline(cell.trim()) })) };
}
