// Documents for the benchmarks: English sentences about made-up things, the same at every run.

const KINDS = 'fog tide lamp valve harbour signal engine mirror anchor cable'.split(' ');
const THINGS = 'horn gauge keeper tower chart buoy lens pump bell winch'.split(' ');
const DEEDS = 'measures warns guides lifts turns reflects records drives'.split(' ');
const REASONS = [
  'because the water is shallow there',
  'so that ships keep their distance at night',
  'when the pressure of the steam falls',
  'as the first keepers wrote in their journals',
];

/** Numbers from 0 up to `below`, the same for the same seed (a linear congruential generator). */
export function random(seed) {
  let state = (seed * 2_654_435_761) >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 8) % below;
  };
}

export function sentence(pick) {
  const thing = () => `${KINDS[pick(KINDS.length)]} ${THINGS[pick(THINGS.length)]}`;
  const deed = DEEDS[pick(DEEDS.length)];
  return `The ${thing()} ${deed} the ${thing()} ${REASONS[pick(REASONS.length)]}.`;
}

export const sentences = (pick, count) => Array.from({ length: count }, () => sentence(pick));

/** About 3 KB of Markdown; another `seed`, another document. */
export function markdownDocument(seed) {
  const pick = random(seed);
  const section = (n) => `## Part ${n}\n\n${sentences(pick, 8).join(' ')}\n`;
  const parts = [1, 2, 3, 4].map(section).join('\n');
  return `# Notes of the harbour, number ${seed}\n\n${parts}`;
}
