// A conversion thread that breaks down on every source, in the way that the source's name says.
import { parentPort as port } from 'node:worker_threads';

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
    for (;;) kept.push(Buffer.alloc(1 << 20, 1));
  },
  drip: () => setInterval(() => port.postMessage({ kind: 'progress', done: 1, total: 2 }), 5),
};

port.on('message', ({ name }) => ways[name.replace(/\..*/, '')]());
port.postMessage({ kind: 'ready' });
