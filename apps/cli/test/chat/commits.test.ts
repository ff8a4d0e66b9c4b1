/* oxlint-disable no-await-in-loop -- rounds run one after the other */
/** What a conversation writes: pages by commits under the lock, its own file without it. */
import { join } from 'node:path';

import { diffTrees, type SimulatedFileSystem, snapshotTree } from '@openkb/test-kit/file-system';
import { expect, test } from 'vitest';

import { realServices } from '../../src/compose.ts';
import { knowledgeBaseAt } from '../../src/knowledge-base/open.ts';
import { CONVERSATION_FILE, piped, writeConversation } from '../helpers/conversation.ts';
import { faults, read, tree, write } from '../helpers/knowledge-base.ts';
import { run } from '../helpers/run.ts';
import { ignore, ROOT, simulate, simulatedKnowledgeBase } from '../helpers/simulated.ts';
import { chatty, sessions } from './helpers.ts';

const OLD = { '/d/old.md': '# Old\n\nThe Argand lamp has a wick. The Argand lamp is old.\n' };
const NEW = { '/d/new.md': '# New\n\nThe Argand lamp is bright. The Argand lamp burns oil.\n' };
const chat = (disk: SimulatedFileSystem, text: string, process: number, ...args: string[]) =>
  simulate(disk, ['chat', '--kb', ROOT, ...args], {
    sources: { ...OLD, ...NEW },
    services: piped(text),
    process,
  });

test('L02 /add, /lint --fix and /save take the lock: one that is held is waited for, named, and nothing changes', async () => {
  const { dir, pipe } = await chatty(() => 'Yes.');
  write(dir, {
    'new.md': '# New\n\nThe fog signal is loud. A fog signal.\n',
    'kb/wiki/concepts/broken.md':
      '---\ntype: "Concept"\nsources: ["summaries/lamp.md"]\n---\n\n# Broken\n\nSee [[ghost]].\n',
  });
  await pipe('lamp\n');
  const commands = ['/add -m extractive new.md', '/lint --fix --yes --no-model', '/save'].join(
    '\n',
  );
  const kb = knowledgeBaseAt(realServices(), join(dir, 'kb'), 'openkb watch');
  const session = await kb.journal.acquire('exclusive');
  const before = tree(join(dir, 'kb/wiki'));
  try {
    const { code, err } = await pipe(commands, '--resume', '--wait', '0.1');
    expect(code).toBe(11);
    expect(err.match(/waiting for "openkb watch"/g)).toHaveLength(3);
    expect(tree(join(dir, 'kb/wiki'))).toEqual(before);
  } finally {
    session.release();
  }
  expect((await pipe(commands, '--resume')).code).toBe(0);
  expect(read(dir, 'kb/wiki/index.md')).toContain('[[summaries/new]]');
  expect(read(dir, 'kb/wiki/index.md')).toContain('[[explorations/lamp]]');
});

test('no lock is held while the model answers, nor between the lines', async () => {
  const free: boolean[] = [];
  const { dir, pipe } = await chatty(() => {
    const lock = realServices().locks().tryLock(join(dir, 'kb/.openkb/ingest.lock'), 'exclusive');
    free.push(lock !== undefined);
    lock?.release();
    return 'Yes.';
  });
  await pipe('lamp\n/list\n/save\nlamp again\n');
  expect(free).toEqual([true, true]);
});

test('a conversation that is saved is a page that names it, with every turn; saved again it gets a number; undo takes it back', async () => {
  const { dir, pipe } = await chatty((_request, index) =>
    index === 0
      ? '# Title\n\nRound ([[summaries/lamp|lamp]], [[ghost]]).\n\n```\n# code'
      : '![x](http://evil.example/x.png) <script>alert(1)</script>',
  );
  const before = faults(join(dir, 'kb'));
  const { code, out } = await pipe(
    'What `wick` has [[the lamp]]?\n## And <b>who</b> made it?\n/save\n/save "A name"\n/save\n',
  );
  expect(code).toBe(0);
  expect(out).toContain('saved as wiki/explorations/a-name.md');
  const [session] = sessions(dir);
  const page = read(dir, 'kb/wiki/explorations/what-wick-has-the-lamp.md');
  expect(page).toBe(
    `---
type: "Exploration"
query: "What \`wick\` has the lamp?"
session: "${session?.id}"
created: "${String(session?.['created_at'])}"
description: "Round (lamp, ghost)."
cites: ["summaries/lamp.md"]
compiled_by: "openai/gpt-4o"
---

# What \\\`wick\\\` has the lamp?

## [1] What \\\`wick\\\` has \\[\\[the lamp\\]\\]?

### Title

Round ([[summaries/lamp|lamp]], ghost).

\`\`\`
# code
\`\`\`

## [2] \\#\\# And &lt;b>who&lt;/b> made it?

[x](http://evil.example/x.png) &lt;script>alert(1)&lt;/script>
`,
  );
  expect(read(dir, 'kb/wiki/explorations/what-wick-has-the-lamp-2.md')).toBe(page);
  expect(faults(join(dir, 'kb'))).toEqual(before);
  expect((await run(dir, ['history', '--kb', 'kb'])).out).toMatch(/chat/);
  await run(dir, ['undo', '--yes', '--kb', 'kb']);
  expect(Object.keys(tree(join(dir, 'kb/wiki/explorations')))).toEqual([
    'a-name.md',
    'what-wick-has-the-lamp.md',
  ]);
});

test('J02 an /add that was killed anywhere is rolled back or complete, and the next /add does the rest', async () => {
  const start = await simulatedKnowledgeBase(OLD);
  const whole = start.clone();
  expect((await chat(whole, '/add /d/new.md\n', 3)).code).toBe(0);
  const after = snapshotTree(whole, '/', ignore);
  const seen = { before: 0, after: 0 };
  expect(whole.steps).toBeGreaterThan(20);
  for (let step = 1; step <= whole.steps; step += 5) {
    const killed = start.clone();
    killed.crashAt(step);
    await chat(killed, '/add /d/new.md\n', 3).catch(() => {});
    const { code, out } = await chat(killed.killImage(), '/add /d/new.md\n', 4);
    expect({ step, code }).toEqual({ step, code: 0 });
    seen[out.includes('added 1') ? 'before' : 'after'] += 1;
  }
  for (let step = 2; step <= whole.steps; step += 23) {
    const killed = start.clone();
    killed.crashAt(step);
    await chat(killed, '/add /d/new.md\n', 3).catch(() => {});
    const next = killed.killImage();
    await chat(next, '/add /d/new.md\n', 4);
    expect(diffTrees(after, snapshotTree(next, '/', ignore)), `killed at ${step}`).toEqual([]);
  }
  expect(seen.before).toBeGreaterThan(5);
  expect(seen.after).toBeGreaterThan(0);
});

test('the file of a conversation is the one before the turn or the one after it, wherever the turn is cut short', async () => {
  const start = await simulatedKnowledgeBase(OLD);
  writeConversation(start);
  start.settle();
  const whole = start.clone();
  expect((await chat(whole, 'Argand lamp\n', 3, '--resume', 'a')).code).toBe(0);
  const files = new Map([
    [textOf(start), 0],
    [textOf(whole), 0],
  ]);
  expect(files.size).toBe(2);
  for (let step = 1; step <= whole.steps; step += 1) {
    const killed = start.clone();
    killed.crashAt(step);
    await chat(killed, 'Argand lamp\n', 3, '--resume', 'a').catch(() => {});
    const cuts = [...killed.crashImages({ random: 1 })];
    for (const next of [killed.killImage(), ...cuts.map(({ fileSystem }) => fileSystem)]) {
      const text = textOf(next);
      expect([...files.keys()]).toContain(text);
      files.set(text, (files.get(text) ?? 0) + 1);
      expect((await chat(next, '', 4, '--list')).err).toBe('');
    }
  }
  for (const times of files.values()) expect(times).toBeGreaterThan(0);
});

function textOf(disk: SimulatedFileSystem): string {
  const handle = disk.open(CONVERSATION_FILE, 'read');
  const bytes = new Uint8Array(handle.stat().size);
  handle.read(bytes, 0);
  handle.close();
  return new TextDecoder().decode(bytes);
}
