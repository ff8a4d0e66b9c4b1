import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { describe, expect, onTestFinished, test } from 'vitest';

import { convert, createConversionWorker, type ConvertedDocument } from '../src/index.ts';
import { drawing, imageRelationship, paragraph, writeDocx } from './support/docx.ts';
import { failure } from './support/failure.ts';
import { formBomb } from './support/form-bomb.ts';
import { JPEG, pixels, png } from './support/images.ts';
import { column } from './support/page-text.ts';
import { writePdf } from './support/pdf.ts';
import { testWorker } from './support/thread.ts';

/** The least that a thread starts with. */
const SMALL = { memoryBytes: 64 * 2 ** 20 };
const badThread = fileURLToPath(new URL('support/bad-thread.mjs', import.meta.url));
const source = {
  name: 'a.pdf',
  bytes: writePdf({
    pages: [
      [
        ...column(['Some words on a page', 'and more of them.']),
        { image: { width: 40, height: 40, jpeg: JPEG }, x: 0, y: 0, width: 40, height: 40 },
        { image: pixels(64, 48), x: 100, y: 0, width: 64, height: 48 },
      ],
      column(['The second page.']),
    ],
    bookmarks: [{ title: 'a', page: 0 }],
  }),
};

/** With pictures as hex: a Buffer and a Uint8Array of the same bytes are no equals of each other. */
function comparable(document: ConvertedDocument): unknown {
  const hex = document.images.map(({ bytes }) => Buffer.from(bytes).toString('hex'));
  return { ...document, images: document.images.map(({ name }) => name), hex };
}

describe('a document that is converted in a thread', () => {
  test('is the one that is converted without', async () => {
    const { convert: inThread } = testWorker(onTestFinished);
    const [document, expected] = await Promise.all([inThread(source), convert(source)]);
    expect(comparable(document)).toEqual(comparable(expected));
    expect(document.images).toHaveLength(2);
  });

  test('leaves the bytes of the source with the caller', async () => {
    const bytes = Uint8Array.from(source.bytes);
    await testWorker(onTestFinished).convert({ name: 'a.pdf', bytes });
    expect(Buffer.from(bytes).equals(Buffer.from(source.bytes))).toBe(true);
  });

  test('tells its progress page by page', async () => {
    const told: [number, number][] = [];
    await testWorker(onTestFinished).convert(source, {
      onProgress: (done, total) => told.push([done, total]),
    });
    expect(told).toEqual([
      [1, 2],
      [2, 2],
    ]);
  });

  test('takes pictures beside the source along', async () => {
    const asked: string[] = [];
    const { images, markdown } = await testWorker(onTestFinished).convert({
      name: 'a.html',
      bytes: Buffer.from('<html><p>Words <img src="pic/a.png"> and <img src="gone.png"></html>'),
      readAsset(path) {
        asked.push(path);
        return path === 'pic/a.png' ? png(40, 40) : undefined;
      },
    });
    expect(asked).toEqual(['pic/a.png', 'gone.png']);
    expect(images.map(({ name }) => name)).toEqual(['a.png']);
    expect(markdown).toContain('openkb-image:a.png');
  });

  test('is refused as it is without', async () => {
    const { convert: inThread } = testWorker(onTestFinished);
    const encrypted = { name: 'b.pdf', bytes: writePdf({ pages: [[]], encrypted: true }) };
    const refusals = await Promise.all(
      [inThread, convert].map((way) => failure(way(encrypted, { password: 'guess' }))),
    );
    for (const { name, code, message, attempts } of refusals)
      expect({ name, code, message, attempts }).toEqual({
        name: 'ConversionError',
        code: 'password-needed',
        message:
          '"b.pdf" is a PDF that the given password does not open: check the password, or save a copy without one.',
        attempts: [{ converter: 'pdf', reason: expect.stringContaining('b.pdf') as string }],
      });
  });

  test('may be one of several at once', async () => {
    const { convert: inThread } = testWorker(onTestFinished);
    const docx = {
      name: 'c.docx',
      bytes: writeDocx({
        body: paragraph('In Word') + drawing('p'),
        relationships: imageRelationship('p', 'media/p.png'),
        parts: { 'word/media/p.png': png(40, 40) },
      }),
    };
    const plain = { name: 'd.md', bytes: Buffer.from('# In Markdown\n') };
    const all = await Promise.all([source, docx, plain, source].map((one) => inThread(one)));
    expect(all.map(({ format, images }) => [format, images.length])).toEqual([
      ['pdf', 2],
      ['docx', 1],
      ['markdown', 0],
      ['pdf', 2],
    ]);
  });
});

describe('a thread is started', () => {
  const nowhere = { program: '/nowhere/start.js' };

  test('for no plain text and Markdown', async () => {
    const { convert: inThread } = createConversionWorker(nowhere);
    const name = ['a.md', 'a.txt', 'a'];
    const bytes = Buffer.from('Words.\n');
    const all = await Promise.all(name.map((one) => inThread({ name: one, bytes })));
    expect(all.map(({ markdown }) => markdown.trim())).toEqual(['Words.', 'Words.', 'Words.']);
  });

  test('from a program that is there, else the installation is at fault', async () => {
    const error = await failure(createConversionWorker(nowhere).convert(source));
    expect(error.name).toBe('SetupError');
    expect(error.message).toBe(
      'The converter\'s thread cannot be started from "/nowhere/start.js".',
    );
  });
});

describe('a source that takes the thread down is an error of its own', () => {
  test.each([
    ['exit.pdf', 'crashed', 'breaks the converter down: save it anew in its own program.', {}],
    ['throw.pdf', 'crashed', 'breaks the converter down: save it anew in its own program.', {}],
    ['heap.pdf', 'out-of-memory', 'takes more than 64 MiB of memory to convert', SMALL],
    ['buffers.pdf', 'out-of-memory', 'takes more than 64 MiB of memory to convert', SMALL],
    ['spin.pdf', 'timeout', 'takes longer to convert than allowed', { stalledMilliseconds: 300 }],
    ['drip.pdf', 'timeout', 'takes longer to convert than allowed', { milliseconds: 300 }],
  ])('%s: %s', async (name, code, message, limits) => {
    const { convert: inThread } = testWorker(onTestFinished, limits, badThread);
    const error = await failure(inThread({ name, bytes: source.bytes }));
    expect(error).toMatchObject({ name: 'ConversionError', code });
    expect(error.message).toContain(`"${name}" ${message}`);
  });

  test.each(['exit.pdf', 'throw.pdf', 'heap.pdf', 'buffers.pdf'])(
    'and the next source has a new thread: %s',
    async (name) => {
      const { convert: inThread } = testWorker(onTestFinished, SMALL, badThread);
      const both = [name, 'answer.pdf'].map((one) => inThread({ ...source, name: one }));
      const [first, second] = await Promise.allSettled(both);
      expect(first).toMatchObject({ status: 'rejected', reason: { name: 'ConversionError' } });
      expect(second).toMatchObject({ status: 'fulfilled', value: { markdown: 'Words.' } });
    },
  );
});

describe('a signal', () => {
  const bomb = { name: 'bomb.pdf', bytes: formBomb() };

  test('ends a conversion that never comes to its next page', async () => {
    const controller = new AbortController();
    const { convert: inThread } = testWorker(onTestFinished);
    const error = await failure(
      inThread(bomb, {
        signal: controller.signal,
        onProgress: () => controller.abort(new Error('enough')),
      }),
    );
    expect(error.message).toBe('enough');
    expect((await inThread(source)).format).toBe('pdf');
  });

  test('of a time limit is a timeout of the source', async () => {
    const { convert: inThread } = testWorker(onTestFinished);
    const error = await failure(inThread(bomb, { signal: AbortSignal.timeout(300) }));
    expect(error).toMatchObject({ name: 'ConversionError', code: 'timeout' });
  });

  test('ends a source that waits for its turn, and the one before it goes on', async () => {
    const { convert: inThread } = testWorker(onTestFinished);
    const [first, second] = [new AbortController(), new AbortController()];
    const ends: string[] = [];
    const before = failure(
      inThread(bomb, { signal: first.signal, onProgress: () => second.abort() }),
    ).then(({ message }) => ends.push(message));
    const waiting = await failure(inThread(source, { signal: second.signal }));
    expect([waiting.name, ends]).toEqual(['AbortError', []]);
    first.abort(new Error('enough'));
    await before;
    expect(ends).toEqual(['enough']);
    expect((await inThread(source)).format).toBe('pdf');
  });

  test('that came before the turn of a source starts nothing', async () => {
    const { convert: inThread } = createConversionWorker({ program: '/nowhere/start.js' });
    const signal = AbortSignal.abort(new Error('too late'));
    expect((await failure(inThread(source, { signal }))).message).toBe('too late');
  });
});

test('what the caller throws ends the conversion and reaches the caller', async () => {
  const { convert: inThread } = testWorker(onTestFinished);
  const error = await failure(
    inThread(source, {
      onProgress() {
        throw new Error('no more');
      },
    }),
  );
  expect(error.message).toBe('no more');
  expect((await inThread(source)).format).toBe('pdf');
});

test('closing ends what is under way, and nothing is converted after it', async () => {
  const worker = createConversionWorker({ program: process.env['OPENKB_TEST_THREAD'] ?? '' });
  const underWay = failure(worker.convert({ name: 'bomb.pdf', bytes: formBomb() }));
  await worker.close();
  await worker.close();
  expect(await underWay).toMatchObject({ name: 'AbortError' });
  expect(await failure(worker.convert(source))).toMatchObject({ name: 'AbortError' });
});

test('the example of the README runs with the package as it is published, and ends', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'converter-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  writeFileSync(join(directory, 'report.pdf'), source.bytes);
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const [, example = ''] =
    /```ts\n((?:(?!```)[^])*createConversionWorker\([^]*?)```/.exec(readme) ?? [];
  const built = pathToFileURL(process.env['OPENKB_TEST_PACKAGE'] ?? '').href;
  const program = example.replace("'@openkb/converter'", JSON.stringify(built));
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { cwd: directory });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (out += chunk.toString()));
  const ended = await once(child, 'close');
  expect({ ended, out }).toEqual({
    ended: [0, null],
    out: expect.stringContaining('The second page.') as string,
  });
});

describe('a thread that is started ahead', () => {
  test('converts the document that comes', async () => {
    const worker = testWorker(onTestFinished);
    worker.warm();
    worker.warm();
    expect((await worker.convert(source)).pages).toHaveLength(2);
  });

  test('is not started after the end', async () => {
    const worker = testWorker(onTestFinished);
    await worker.close();
    worker.warm();
    expect(await failure(worker.convert(source))).toMatchObject({ name: 'AbortError' });
  });

  test('fails with the document when there is no such program', async () => {
    const worker = testWorker(onTestFinished, {}, join(tmpdir(), 'no such program.mjs'));
    worker.warm();
    const error = await failure(worker.convert(source));
    expect((error as Error).message).toContain('no such program.mjs');
  });
});
