// A conversion thread that does with every source what the source's name says: all but `answer` break down.
import { parentPort as port, workerData } from 'node:worker_threads';

const ways = {
  exit: () => process.exit(3),
  throw: () => {
    throw new Error('out of the blue');
  },
  spin: () => {
    for (;;);
  },
  heap: () => {
    const kept = [];
    for (;;) kept.push(Array.from({ length: 1000 }, Math.random));
  },
  buffers: () => {
    const kept = [];
    // slow enough for the machine's memory, however late the caller looks
    setInterval(() => kept.push(Buffer.alloc(4 << 20, 1)), 20);
  },
  drip: () => setInterval(() => port.postMessage({ kind: 'progress', done: 1, total: 2 }), 5),
  answer: () => port.postMessage({ kind: 'done', document: { markdown: 'Words.', images: [] } }),
};

port.on('message', ({ name }) => ways[name.replace(/\..*/, '')]());
Atomics.store(new Int32Array(workerData.begun), 0, 1);
