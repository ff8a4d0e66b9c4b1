const SUBJECTS = ['Argand lamp', 'Fresnel lens', 'fog signal', 'light vessel', 'tide table'];
const VERBS = ['guides', 'warns', 'outlives', 'replaced', 'stood beside'];

/** A small document; those with near numbers share subjects, so that their pages are merged. */
export function documentNumber(number: number): string {
  const pick = (offset: number) => SUBJECTS[(number + offset) % SUBJECTS.length] ?? '';
  const verb = VERBS[number % VERBS.length] ?? '';
  const [first, second] = [pick(0), pick(1)];
  return `# Report ${number} on the ${first}

The ${first} is an instrument of the coast. The ${first} ${verb} the ${second} in year ${1800 + number}.
John Smeaton saw the ${first} at the Bell Rock. The ${second} is older than the ${first}.
At the Bell Rock, John Smeaton wrote of the ${second} and of the ${first} ${number} times.
`;
}
