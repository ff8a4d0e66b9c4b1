/** Whether a link's target means a page, and there is none. `to`: the page that it leads to. */
export function isDead(target: string, to: string | undefined): boolean {
  return to === undefined && target !== '' && !isAttachment(target);
}

/** A picture or another file beside the pages: which of those exist is not known here. */
function isAttachment(target: string): boolean {
  return /\.(?!md$)[a-z][a-z0-9]{1,4}$/i.test(target);
}

/** Whether a link's target is the path of a page, or the name of one without its folder. */
export function isSpelled(target: string, path: string): boolean {
  // as most are
  if (path.length === target.length + 3 && path.endsWith('.md') && path.startsWith(target))
    return true;
  const stem = path.replace(/\.(?:md|json)$/, '');
  return [path, stem].some(
    (one) => one === target || one.slice(one.lastIndexOf('/') + 1) === target,
  );
}
