// What loading costs, in fresh processes and in turn: this package alone, as every command that names a model
// pays it; with the SDK, as the first request does; prices and the patient fetch.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROUNDS = 11;
const entry = new URL('../dist/index.js', import.meta.url).href;

const nobody = `fetch: async () => { throw new TypeError('fetch failed'); }, sleep: async () => {}, retries: 0`;
const request = (model) =>
  `const m = await import('${entry}'); await m.createLanguageModel({ model: '${model}', keys: { LLM_API_KEY: 'x' }, ${nobody} }).generate({ messages: [{ role: 'user', content: 'x' }] }).catch(() => {})`;
const rows = [
  { name: 'node alone', code: '0' },
  { name: 'this package', code: `await import('${entry}')` },
  { name: 'first request, OpenAI', code: request('openai/gpt-5.4-mini') },
  { name: 'first request, Anthropic', code: request('anthropic/claude-haiku-4-5') },
  { name: 'first request, Ollama', code: request('ollama/llama3.2') },
  {
    name: 'prices',
    code: `const m = await import('${entry}'); await m.loadPriceBook({ at: new Date(0) })`,
  },
  {
    name: 'patientFetch, first call',
    code: `const m = await import('${entry}'); await m.patientFetch().fetch('http://127.0.0.1:1').catch(() => {})`,
  },
];

/** Milliseconds of processor time of a process. */
function cost(code) {
  const script = `${code}; const { user, system } = process.cpuUsage(); console.log((user + system) / 1000)`;
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', script],
    { encoding: 'utf8', cwd: fileURLToPath(new URL('..', import.meta.url)) },
  );
  if (status !== 0) throw new Error(stderr);
  return Number(stdout);
}

const best = rows.map(() => Infinity);
for (let round = 0; round < ROUNDS; round += 1) {
  for (const [n, { code }] of rows.entries()) best[n] = Math.min(best[n], cost(code));
}
const [node, own, ...others] = best;
console.log(
  `Processor time of a process, least of ${ROUNDS}, above that of node alone (${node.toFixed(0)} ms)`,
);
for (const [n, { name }] of rows.entries()) {
  if (n > 0) console.log(`${name.padEnd(28)} ${(best[n] - node).toFixed(0).padStart(5)} ms`);
}
const share = (own - node) / (others[0] - node);
console.log(`this package alone is ${(share * 100).toFixed(0)} % of a first request's loading`);
// the SDK must not come along
if (share > 0.35) process.exitCode = 1;
