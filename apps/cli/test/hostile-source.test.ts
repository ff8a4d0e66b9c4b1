/** Sources that would hold the program up for ever or take all memory, given to the built program. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { conversionLimits } from '../src/conversion.ts';
import { faults, tree, write } from './helpers/knowledge-base.ts';
import { run, temporaryDirectory } from './helpers/run.ts';

function stream(dictionary: string, data: string): string {
  return `<< ${dictionary} /Length ${data.length} >>\nstream\n${data}\nendstream`;
}

/** A PDF of a few kilobytes whose page draws a form that draws ten forms, fourteen times over. */
function endlessPdf(depth = 14): string {
  const forms = Array.from({ length: depth }, (_, at) => {
    const below = at + 1 === depth ? '' : `/XObject << /F ${at + 6} 0 R >>`;
    const head = `/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << ${below} >>`;
    return stream(head, '/F Do '.repeat(10));
  });
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /XObject << /F 5 0 R >> >> >>',
    stream('', '/F Do'),
    ...forms,
  ].map((body, at) => `${at + 1} 0 obj\n${body}\nendobj\n`);
  return `%PDF-1.7\n${objects.join('')}trailer\n<< /Root 1 0 R >>\n%%EOF\n`;
}

async function openkb(
  cwd: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<{ code: number; err: string }> {
  const { PATH, OPENKB_TEST_CLI: cli = '' } = process.env;
  const child = spawn(process.execPath, [cli, ...args], { cwd, env: { PATH, ...environment } });
  let err = '';
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  const [code] = (await once(child, 'close')) as [number];
  return { code, err };
}

/** Every file of a directory with its content. */
function contents(root: string): Record<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    files
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((path) => [path, readFileSync(path, 'latin1')]),
  );
}

test.each([
  [{ OPENKB_CONVERT_SECONDS: '0.3' }, 'it takes longer to convert than allowed'],
  [
    { OPENKB_CONVERT_MEMORY: '100', OPENKB_CONVERT_SECONDS: '3600' },
    'it takes more than 100 MiB of memory to convert',
  ],
])(
  'a source that is over a limit fails in a sentence and changes nothing: %o',
  async (environment, sentence) => {
    const dir = temporaryDirectory(onTestFinished);
    write(dir, { 'endless.pdf': endlessPdf() });
    await run(dir, ['init', 'kb']);
    const before = contents(join(dir, 'kb'));
    const { code, err } = await openkb(dir, ['add', '--kb', 'kb', 'endless.pdf'], environment);
    expect(code).toBe(1);
    expect(err).toContain(`cannot add "endless.pdf": ${sentence}`);
    expect(contents(join(dir, 'kb'))).toEqual(before);
    expect(faults(join(dir, 'kb'))).toEqual([]);
  },
);

test('the rest of a batch goes on after such a source', async () => {
  const dir = temporaryDirectory(onTestFinished);
  write(dir, { 'd/a.pdf': endlessPdf(), 'd/b.html': '<html><p>The fog horn sounds.</html>' });
  await run(dir, ['init', 'kb']);
  const environment = { OPENKB_CONVERT_MEMORY: '300', OPENKB_CONVERT_SECONDS: '3600' };
  expect((await openkb(dir, ['add', '--kb', 'kb', 'd'], environment)).code).not.toBe(0);
  expect(readdirSync(join(dir, 'kb/raw'))).toEqual(['b.html']);
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)(
  'S01 J10 %s ends a conversion that never ends, with %s and without a trace',
  async (signal, code) => {
    const dir = temporaryDirectory(onTestFinished);
    write(dir, { 'endless.pdf': endlessPdf() });
    await run(dir, ['init', 'kb']);
    const before = tree(join(dir, 'kb'));
    const { PATH, OPENKB_TEST_CLI: cli = '' } = process.env;
    const args = [cli, 'add', '--kb', 'kb', 'endless.pdf'];
    const child = spawn(process.execPath, args, { cwd: dir, env: { PATH } });
    child.stderr.once('data', () => setTimeout(() => child.kill(signal), 100));
    expect(await once(child, 'close')).toEqual([code, null]);
    expect(tree(join(dir, 'kb'))).toEqual({ ...before, '.openkb/staging/': 'directory' });
    // and the lock is free
    expect((await run(dir, ['recover', '--kb', 'kb', '--wait', '0'])).code).toBe(0);
  },
);

test('limits from the environment are positive numbers', () => {
  expect(conversionLimits({})).toEqual({});
  expect(conversionLimits({ OPENKB_CONVERT_SECONDS: '1.5', OPENKB_CONVERT_MEMORY: '64' })).toEqual({
    milliseconds: 1500,
    stalledMilliseconds: 1500,
    memoryBytes: 64 * 2 ** 20,
  });
  for (const value of ['0', '-1', 'many', 'Infinity'])
    expect(() => conversionLimits({ OPENKB_CONVERT_MEMORY: value })).toThrow(
      `OPENKB_CONVERT_MEMORY is "${value}", which is no positive number`,
    );
});
