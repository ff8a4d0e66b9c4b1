/** The example for people without a key runs as it is pasted. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { read, write } from '../helpers/knowledge-base.ts';
import { temporaryDirectory } from '../helpers/run.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

test.skipIf(process.platform === 'win32')(
  'the example for PageIndex Cloud runs by copy and paste (not on Windows: it is for a Unix shell)',
  () => {
    const dir = temporaryDirectory(onTestFinished);
    const built = dirname(process.env['OPENKB_TEST_CLI'] ?? '');
    const start = (file: string) =>
      `#!/bin/sh\nexec "${process.execPath}" "${join(built, file)}" "$@"\n`;
    write(dir, {
      'bin/openkb': start('cli.js'),
      'bin/openkb-fake-pageindex': start('fake-pageindex.js'),
    });
    chmodSync(join(dir, 'bin/openkb'), 0o755);
    chmodSync(join(dir, 'bin/openkb-fake-pageindex'), 0o755);
    const example = /### PageIndex Cloud\n.*?```sh\n(.*?)```/s.exec(readme)?.[1] ?? '';
    expect(example).toContain('openkb add');
    // a server that outlives a line that fails would hold the pipes open
    const script = `trap 'kill $! 2>/dev/null || true' EXIT\n${example}wait`;
    const ran = spawnSync('sh', ['-e', '-c', script], {
      cwd: dir,
      env: { PATH: [join(dir, 'bin'), process.env['PATH']].join(delimiter) },
      encoding: 'utf8',
      timeout: 600_000,
    });
    expect({ status: ran.status, err: ran.stderr }).toMatchObject({ status: 0 });
    expect(ran.stdout).toMatch(/^pi-handbook +completed +8 /m);
    expect(ran.stdout).toContain('added    pi-handbook -> wiki/summaries/tea-handbook.md');
    expect(ran.stdout).toContain('Withering is the loss of water from the fresh leaf.');
    expect(read(dir, 'tea/wiki/summaries/tea-handbook.md')).toContain(
      'The Tea Handbook (pages 1–8)',
    );
    expect(existsSync(join(dir, 'fake.env'))).toBe(false);
  },
);
