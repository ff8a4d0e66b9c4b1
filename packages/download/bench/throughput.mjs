// oxlint-disable no-await-in-loop -- rounds follow each other
// What a download costs above reading the same answer with node:http alone (and node:zlib, where it is
// packed), in turn, from a server in a process of its own; and the peak memory of this process.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer, get } from 'node:http';
import { createGunzip, gzipSync } from 'node:zlib';

const SIZE = 128 * 2 ** 20;
const ROUNDS = 7;

if (process.argv[2] === 'server') serve();
else await measure();

/** Serves SIZE bytes, as they are or packed. */
function serve() {
  const piece = Buffer.alloc(2 ** 20, 'The lamp stands at the door, and the door at the lamp. ');
  const packed = gzipSync(Buffer.concat(Array.from({ length: SIZE / piece.length }, () => piece)), {
    level: 1,
  });
  const server = createServer((request, response) => {
    if (request.url === '/packed') {
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': packed.length });
      return response.end(packed);
    }
    response.writeHead(200, { 'content-length': SIZE });
    let left = SIZE / piece.length;
    const more = () => {
      while (left > 0) {
        left -= 1;
        if (!response.write(piece)) return response.once('drain', more);
      }
      return response.end();
    };
    return more();
  });
  server.listen(0, '127.0.0.1', () => process.send(server.address().port));
  process.on('disconnect', () => process.exit());
}

async function measure() {
  const { download, nodeHttp } = await import('../dist/index.js');
  const child = fork(new URL(import.meta.url), ['server']);
  const [port] = await once(child, 'message');
  const url = (name) => `http://127.0.0.1:${port}/${name}`;
  const rows = [];
  for (const name of ['plain', 'packed']) {
    let [floor, own] = [Infinity, Infinity];
    for (let round = 0; round < ROUNDS; round += 1) {
      floor = Math.min(floor, await processorTime(() => read(url(name), name === 'packed')));
      own = Math.min(
        own,
        await processorTime(async () => {
          let bytes = 0;
          await download(url(name), {
            sink: { write: (piece) => (bytes += piece.length), restart: () => {} },
            http: nodeHttp(),
            clock: { now: Date.now, sleep: () => Promise.resolve() },
            random: Math.random,
            userAgent: 'bench',
          });
          if (bytes !== SIZE) throw new Error(`${bytes} bytes`);
        }),
      );
    }
    rows.push({ name, floor, own });
  }
  child.disconnect();
  console.log(`Processor time for ${SIZE / 2 ** 20} MiB, least of ${ROUNDS}`);
  for (const { name, floor, own } of rows)
    console.log(
      `${name.padEnd(8)} node alone ${floor.toFixed(0).padStart(5)} ms, download ${own.toFixed(0).padStart(5)} ms, ratio ${(own / floor).toFixed(2)}`,
    );
  console.log(`peak memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB`);
}

async function processorTime(work) {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** Reads an answer and forgets it. */
async function read(url, packed) {
  const [answer] = await once(get(url, { agent: false }), 'response');
  let bytes = 0;
  for await (const piece of packed ? answer.pipe(createGunzip()) : answer) bytes += piece.length;
  if (bytes !== SIZE) throw new Error(`${bytes} bytes`);
}
