import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import type { Options } from 'tsup';

type Plugin = NonNullable<Options['esbuildPlugins']>[number];

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
}

/** Writes `THIRD-PARTY.txt` beside the bundle: name, version and licence text of every package in it. */
export const licences: Plugin = {
  name: 'licences',
  setup(build) {
    build.onEnd(({ metafile, outputFiles }) => {
      const { outdir } = build.initialOptions;
      if (metafile === undefined || outdir === undefined || outputFiles === undefined) return;
      const folders = new Set(Object.keys(metafile.inputs).map(packageFolder));
      const texts = [...folders].flatMap((folder) =>
        folder === undefined ? [] : [notice(folder)],
      );
      const heading = 'openkb contains the following packages.\n';
      mkdirSync(outdir, { recursive: true });
      writeFileSync(
        join(outdir, 'THIRD-PARTY.txt'),
        [heading, ...texts.toSorted()].join(`\n${'-'.repeat(80)}\n\n`),
      );
    });
  },
};

/** The folder of the installed package that a file belongs to. */
function packageFolder(file: string): string | undefined {
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0];
}

function notice(folder: string): string {
  const path = resolve(folder.replace(/^[\w-]+:/, ''));
  const manifest = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as Manifest;
  const file = readdirSync(path).find((name) => /^(?:licen[cs]e|copying)/i.test(name));
  const text = file === undefined ? '' : readFileSync(join(path, file), 'utf8').trim();
  return `${manifest.name} ${manifest.version} (${manifest.license ?? 'see below'})\n\n${text}\n`;
}
