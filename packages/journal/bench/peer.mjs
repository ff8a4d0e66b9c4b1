// A whole add (15 pages, summary, source, index, registry) beside the Python program's mutation core:
// commit, and recovery in a fresh process, all in turn. OPENKB_PEER names a directory with its
// `openkb/mutation.py` and `openkb/locks.py`; without it, or without python3, it says so and ends.
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { makeKnowledgeBase, PAGES, REPLACED, SIZES } from './support/knowledge-base.mjs';
import { median, ms, ratio, table, title } from './support/report.mjs';
import { crash, runStep } from './support/run-child.mjs';

const ROUNDS = Number(process.env.OPENKB_BENCH_PEER_ROUNDS ?? 3);

// what its `add` asks of the core: which paths are saved, and which directories by links
const DRIVER = `
import os, signal, sys, time
from pathlib import Path
from openkb.locks import atomic_write_text, kb_ingest_lock
from openkb.mutation import recover_pending_journals, snapshot_paths

step, root, number = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
state, wiki, name = root / ".openkb", root / "wiki", "peer-" + sys.argv[3]
page = "# Page\\n\\n" + "A sentence of a page. " * 180 + "\\n"
trees = [wiki / "concepts", wiki / "entities"]
paths = [state / "hashes.json", state / "pageindex.db", wiki / "summaries" / (name + ".md"),
         wiki / "sources" / (name + ".json"), wiki / "sources" / "images" / name, *trees,
         wiki / "index.md", wiki / "log.md", wiki / "sources" / (name + ".md")]

def add():
    snapshot = snapshot_paths(root, paths, operation="add", details={}, hardlink_dirs=set(trees))
    for n in range(${PAGES}):
        page_name = "c%d" % n if n < ${REPLACED} else "%s-%d" % (name, n)
        atomic_write_text(wiki / "concepts" / (page_name + ".md"), page)
    atomic_write_text(wiki / "summaries" / (name + ".md"), page)
    atomic_write_text(wiki / "sources" / (name + ".md"), page)
    for path in (wiki / "index.md", state / "hashes.json"):
        atomic_write_text(path, path.read_text(encoding="utf-8") + "\\n")
    if step == "crash":
        os.kill(os.getpid(), signal.SIGKILL)
    snapshot.mark_committed()
    snapshot.discard()

start = time.perf_counter()
with kb_ingest_lock(state):
    messages = recover_pending_journals(root)
    if step != "recover":
        add()
if step == "recover" and not any("Rolled back" in message for message in messages):
    sys.exit("nothing was recovered")
print((time.perf_counter() - start) * 1000)
`;

function python(step, root, round) {
  const { status, signal, stdout, stderr } = spawnSync(
    'python3',
    ['-c', DRIVER, step, root, `${round}`],
    { encoding: 'utf8', env: { ...process.env, PYTHONPATH: process.env.OPENKB_PEER } },
  );
  if (step === 'crash' ? signal === 'SIGKILL' : status === 0) return Number(stdout);
  throw new Error(`the Python program's "${step}" failed: ${stderr}`);
}

function measure(pages) {
  const root = makeKnowledgeBase(pages);
  const row = { pages, ours: [], theirs: [], ourRecovery: [], theirRecovery: [] };
  spawnSync('sync');
  for (let round = 1; round <= ROUNDS; round += 1) {
    row.ours.push(runStep('add', root, round).ms);
    row.theirs.push(python('add', root, round));
    crash(root, `crash-${round}`);
    row.ourRecovery.push(runStep('recover', root).ms);
    python('crash', root, `crash-${round}`);
    row.theirRecovery.push(python('recover', root, round));
  }
  rmSync(root, { recursive: true });
  return row;
}

const peer = process.env.OPENKB_PEER;
const isThere = peer !== undefined && existsSync(join(peer, 'openkb/mutation.py'));
if (!isThere || spawnSync('python3', ['--version']).status !== 0) {
  const lacks = isThere ? 'python3 is not there' : 'OPENKB_PEER names no copy of it';
  console.log(`not compared with the Python program: ${lacks}`);
} else {
  const rows = SIZES.map(measure);
  title(`a whole add, each in a process of its own: medians of ${ROUNDS} rounds, in turn`);
  table([
    [
      'pages in the directory',
      'add ms',
      'Python ms',
      'Python / ours',
      'recovery ms',
      'Python ms',
      'Python / ours',
    ],
    ...rows.map(({ pages, ours, theirs, ourRecovery, theirRecovery }) => [
      pages,
      ms(median(ours)),
      ms(median(theirs)),
      ratio(median(theirs), median(ours)),
      ms(median(ourRecovery)),
      ms(median(theirRecovery)),
      ratio(median(theirRecovery), median(ourRecovery)),
    ]),
  ]);
}
