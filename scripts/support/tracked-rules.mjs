// What no tracked file may hold, and links that must lead somewhere. Each rule takes a file as
// `{ path, text }` and returns what breaks it; check-tracked.mjs runs them over `git ls-files`.
import { posix } from 'node:path';

const REGISTRY =
  /\bhttps?:\/\/[\w.-]*(?:registry|artifactory|verdaccio|nexus|mirror|proxy)[\w.-]*\.\w+|\b(?:registry\.npmjs|registry\.yarnpkg|npm\.pkg\.github)\.\w+|^\s*(?:@[\w-]+:)?registry\s*=/im;

/** Each machine has its own registry settings; a host in a file would overrule them. */
export function registry({ path, text }) {
  const lockfile =
    path === 'pnpm-lock.yaml' && /\bhttps?:\/\//.test(text) ? 'an address' : undefined;
  const what = REGISTRY.exec(text)?.[0].trim() ?? lockfile;
  if (!what) return [];
  return [
    {
      where: at(path, text, text.indexOf(what)),
      problem: `names a package registry: "${what}"`,
      mend: 'take it out; npm reads it from the settings of the machine',
    },
  ];
}

/** @param {string[]} machine absolute directories of this machine, the checkout among them */
export function machinePath(machine) {
  // one segment, such as "/kb", is too likely to be an example
  const own = machine.filter((directory) => directory.split(/[\\/]/).filter(Boolean).length > 1);
  return ({ path, text }) =>
    own
      .filter((directory) => text.includes(directory))
      .map((directory) => ({
        where: at(path, text, text.indexOf(directory)),
        problem: `holds a path of this machine: "${directory}"`,
        mend: 'use a path relative to the file',
      }));
}

/** Relative links of the repository's own Markdown lead to tracked files or folders. */
export function links(tracked) {
  const known = new Set(tracked);
  for (const path of tracked) {
    for (let up = posix.dirname(path); up !== '.'; up = posix.dirname(up)) known.add(up);
  }
  return ({ path, text }) => {
    if (!path.endsWith('.md') || /(?:^|\/)(?:test|fixtures|lighthouses|\.changeset)\//.test(path))
      return [];
    const prose = text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');
    return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target]) => target)
      .filter((target) => !/^(?:[a-z]+:|#)/.test(target))
      .filter(
        (target) =>
          !known.has(posix.join(posix.dirname(path), target.split('#')[0]).replace(/\/$/, '')),
      )
      .map((target) => ({
        where: at(path, text, text.indexOf(`](${target})`)),
        problem: `links to "${target}", which is not there`,
        mend: 'correct the link, or add the file to git',
      }));
  };
}

function at(path, text, index) {
  return `${path}:${text.slice(0, Math.max(index, 0)).split('\n').length}`;
}
