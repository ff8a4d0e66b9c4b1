import type { Resolve } from './resolve.ts';

/** Whether a link's target means a page, and there is none. */
export function isDead(target: string, resolve: Resolve): boolean {
  return target !== '' && !isAttachment(target) && resolve(target) === undefined;
}

/** A picture or another file beside the pages: which of those exist is not known here. */
function isAttachment(target: string): boolean {
  return /\.(?!md$)[a-z][a-z0-9]{1,4}$/i.test(target);
}

/** Whether a link's target is the path of a page, or the name of one without its folder. */
export function isSpelled(target: string, path: string): boolean {
  const stem = path.replace(/\.(?:md|json)$/, '');
  return [path, stem].some(
    (one) => one === target || one.slice(one.lastIndexOf('/') + 1) === target,
  );
}
