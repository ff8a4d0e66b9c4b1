/** Tags and nothing else that a page's text may become; no attribute is ever taken from it but a checked address. */
const TAGS = new Set(
  'a,blockquote,code,del,em,h1,h2,h3,h4,h5,h6,hr,li,ol,p,pre,span,strong,table,td,th,tr,ul'.split(
    ',',
  ),
);

/**
 * Builds elements from a tree of `markdown.js`. Text goes in as text, never as HTML.
 * @param around what the text is among: `page(target, relative)` gives a function that opens the page which a link
 * means, `file(address)` the address of a file, `picture(address)` that of a picture; each undefined where there is none
 */
export function build(nodes, around) {
  const fragment = document.createDocumentFragment();
  for (const node of nodes)
    fragment.append(typeof node === 'string' ? node : element(node, around));
  return fragment;
}

function element(node, around) {
  if (!TAGS.has(node.tag)) return document.createTextNode('');
  const source = node.picture === undefined ? undefined : around.picture(node.picture);
  if (source !== undefined) return picture(source, node.alt);
  const made = node.tag === 'a' ? link(node, around) : document.createElement(node.tag);
  if (node.name) made.className = node.name;
  made.append(build(node.children, around));
  if (node.picture !== undefined) {
    const file = around.file(node.picture);
    if (file !== undefined) return fileLink(file, made);
  }
  return node.tag === 'table' ? scrolling(made) : made;
}

function link(node, around) {
  if (node.to === undefined)
    return /^https?:\/\//i.test(node.href) ? webLink(node.href) : make('span');
  const open = around.page(node.to, node.relative);
  if (open) return pageLink(open);
  const file = node.relative ? around.file(node.to) : undefined;
  return file === undefined ? make('span', undefined, 'missing') : fileLink(file);
}

function pageLink(open) {
  const made = make('a');
  made.href = '#';
  made.addEventListener('click', (event) => {
    event.preventDefault();
    open();
  });
  return made;
}

function webLink(address) {
  const made = make('a');
  made.href = address;
  made.target = '_blank';
  made.rel = 'noopener noreferrer';
  return made;
}

/** A link to a file of the knowledge base, and to nothing else. */
export function fileLink(address, ...content) {
  const made = make('a', undefined, 'file');
  if (/^\.\.\/(?:wiki|raw)\/(?!.*(?:^|\/)\.\.(?:\/|$))/.test(address)) made.href = address;
  made.target = '_blank';
  made.rel = 'noopener';
  made.append(...content);
  return made;
}

function picture(source, alt) {
  const made = make('img');
  made.src = source;
  made.alt = alt;
  return made;
}

/** A wide table is scrolled by itself, also with the keyboard. */
function scrolling(table) {
  const made = make('div', undefined, 'wide');
  made.tabIndex = 0;
  made.setAttribute('role', 'group');
  made.setAttribute('aria-label', 'Table');
  made.append(table);
  return made;
}

/** An element with text in it. */
export function make(tag, text, name) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (name) made.className = name;
  return made;
}
