/** Tags and nothing else that a page's text may become; no attribute is ever taken from it but a checked address. */
const TAGS = new Set(
  'a,blockquote,code,del,em,h1,h2,h3,h4,h5,h6,hr,li,ol,p,pre,span,strong,table,td,th,tr,ul'.split(
    ',',
  ),
);

/**
 * Builds elements from a tree of `markdown.js`. Text goes in as text, never as HTML.
 * @param open (target, relative) => function that opens the page, or undefined where there is none
 */
export function build(nodes, open) {
  const fragment = document.createDocumentFragment();
  for (const node of nodes) fragment.append(typeof node === 'string' ? node : element(node, open));
  return fragment;
}

function element(node, open) {
  if (!TAGS.has(node.tag)) return document.createTextNode('');
  const go = node.to === undefined ? undefined : open(node.to, node.relative);
  const made = document.createElement(node.to !== undefined && !go ? 'span' : node.tag);
  if (node.name) made.className = node.name;
  if (node.to !== undefined && !go) made.className = 'missing';
  if (go) {
    made.href = '#';
    made.addEventListener('click', (event) => {
      event.preventDefault();
      go();
    });
  } else if (node.href && /^https?:\/\//i.test(node.href)) {
    made.href = node.href;
    made.target = '_blank';
    made.rel = 'noopener noreferrer';
  }
  made.append(build(node.children, open));
  return made;
}

/** An element with text in it. */
export function make(tag, text, name) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (name) made.className = name;
  return made;
}
