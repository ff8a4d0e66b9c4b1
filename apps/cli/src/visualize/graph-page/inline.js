/**
 * Markdown within a line, as a tree: strings, and `{ tag, children }` with `to` (a link into the wiki), `href`
 * (a link to the web), `name` (a class) or `picture` (the address of one). Nothing of a page's text ever becomes a tag or an attribute but by
 * the few forms below; HTML in a page is shown as the text that it is.
 */
const INLINE =
  /(?<tick>`+)(?<code>[^`][^\n]*?)\k<tick>(?!`)|!?\[\[(?<wiki>[^[\]\n]{1,400})\]\]|(?<bang>!?)\[(?<label>[^[\]\n]{0,1000})\]\((?<address>[^()\s]{1,1000}(?:\([^()\s]{0,200}\))?)(?:\s+"[^"\n]{0,400}")?\)|<(?<auto>https?:[^\s<>]{1,1000})>|(?<bare>https?:\/\/[^\s<>()[\]"'`*]{1,1000})|\*\*(?<strong>[^*\n]{1,2000}?)\*\*|(?<![\p{L}\p{N}*])\*(?<em>[^*\n\s][^*\n]{0,2000}?)\*|(?<![\p{L}\p{N}_])_(?<em2>[^_\n\s][^_\n]{0,2000}?)_(?![\p{L}\p{N}_])|~~(?<gone>[^~\n]{1,2000}?)~~|\\(?<literal>[!-/:-@[-`{-~])/gu;

/** Longer lines are shown as they are: nobody wrote them by hand. */
const LONGEST_LINE = 20000;

export function inline(text) {
  if (text.length > LONGEST_LINE) return [text];
  const nodes = [];
  let position = 0;
  for (const match of text.matchAll(INLINE)) {
    if (match.index > position) nodes.push(text.slice(position, match.index));
    nodes.push(inlineNode(match.groups, match[0]));
    position = match.index + match[0].length;
  }
  if (position < text.length) nodes.push(text.slice(position));
  return nodes;
}

function inlineNode(found, whole) {
  if (found.code !== undefined) return { tag: 'code', children: [found.code.trim()] };
  if (found.wiki !== undefined) return wikiLink(found.wiki);
  if (found.address !== undefined) {
    if (found.bang) return picture(found.address, found.label);
    return link(found.address, inline(found.label));
  }
  const address = found.auto ?? found.bare;
  if (address !== undefined) {
    const end = found.bare === undefined ? '' : /[.,;:!?]*$/.exec(address)[0];
    const clean = address.slice(0, address.length - end.length);
    return { tag: 'span', children: [link(clean, [clean]), end] };
  }
  if (found.strong !== undefined) return { tag: 'strong', children: inline(found.strong) };
  if (found.em ?? found.em2) return { tag: 'em', children: inline(found.em ?? found.em2) };
  if (found.gone !== undefined) return { tag: 'del', children: inline(found.gone) };
  return found.literal ?? whole;
}

/** Shown where the page has it, else told by its name. */
function picture(address, label) {
  const children = [`[picture: ${label || address}]`];
  return { tag: 'span', name: 'picture', picture: address, alt: label, children };
}

function wikiLink(inner) {
  const bar = inner.indexOf('|');
  const address = (bar === -1 ? inner : inner.slice(0, bar)).replace(/\\$/, '');
  const target = address.split('#')[0].trim();
  const last = target.replace(/\.md$/i, '').split('/').at(-1).replace(/[-_]+/g, ' ');
  const label = bar === -1 ? last : inner.slice(bar + 1).trim();
  return { tag: 'a', to: target, children: [label || last] };
}

/** Only the web and pages of the wiki are linked; whatever else an address may be, it is shown as text. */
function link(address, children) {
  if (/^https?:\/\//i.test(address)) return { tag: 'a', href: address, children };
  if (/^[a-z][a-z0-9+.-]*:/i.test(address) || address.startsWith('#'))
    return { tag: 'span', children };
  return { tag: 'a', to: address, relative: true, children };
}
