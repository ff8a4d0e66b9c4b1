// A wiki of many pages, a document of about 1,500 words, and a model that answers at once.
import { pageFacts } from '@openkb/wiki';

const WORDS =
  'river engine market signal theory garden window border method pattern record letter figure policy season circle bridge animal copper degree winter island number object person period planet report result school second silver simple single source spring square stream street string studio summer supply symbol system tissue travel valley vector volume weight'.split(
    ' ',
  );

const word = (at) => WORDS[(at * 7919) % WORDS.length];
const name = (at) => `${word(at)} ${word(at + 13)} ${at}`;

/** `known`: the view knows the facts of its pages. */
export function wikiOf(size, known) {
  const pages = new Map();
  for (let at = 0; at < size; at += 1) {
    const [directory, type] = at % 2 === 0 ? ['concepts', 'Concept'] : ['entities', 'Person'];
    const title = name(at);
    const description = `What ${title} is, how ${word(at + 3)} and ${word(at + 5)} come into it, and what it is good for.`;
    const body = Array.from({ length: 6 }, (_, line) =>
      `The ${word(at + line)} of ${title} is ${word(at + 2 * line)} as [[summaries/document-${at % 200}]] says.`.repeat(
        3,
      ),
    ).join('\n\n');
    pages.set(
      `${directory}/${title.replaceAll(' ', '-')}.md`,
      `---\ntype: "${type}"\ntitle: "${title}"\nsources: ["summaries/document-${at % 200}.md"]\ndescription: "${description}"\naliases: ["${word(at + 1)} ${at}"]\n---\n\n# ${title}\n\n${body}\n`,
    );
  }
  const lists = new Map(
    ['concepts', 'entities', 'summaries', 'explorations'].map((directory) => [
      directory,
      [...pages.keys()]
        .filter((path) => path.startsWith(`${directory}/`))
        .toSorted((a, b) => (a < b ? -1 : 1)),
    ]),
  );
  const facts = new Map(
    known ? [...pages].map(([path, text]) => [path, pageFacts(path, text)]) : [],
  );
  return {
    read: (path) => pages.get(path),
    list: (directory) => lists.get(directory) ?? [],
    ...(known ? { facts: (path) => facts.get(path) } : {}),
  };
}

export function documentOf(number) {
  const lines = Array.from(
    { length: 150 },
    (_, at) =>
      `The ${word(at)} of ${name(at * 31 + number)} is a ${word(at + number)} that reports ${at} say.`,
  );
  return {
    name: `report-${number}`,
    title: `Report ${number}`,
    format: 'markdown',
    markdown: `# Report ${number}\n\n${lines.join('\n\n')}`,
    fullText: `sources/report-${number}.md`,
    docType: 'short',
  };
}

const PAGE = {
  description: 'A page that the model has written.',
  content: 'The subject is one of many. '.repeat(60),
};

export function answeringModel() {
  return {
    name: 'bench/model',
    async generate({ messages, schema }) {
      const prompt = messages.at(-1).content;
      const object = 'create' in schema.properties ? plan(prompt) : PAGE;
      const sent = messages.reduce((sum, { content }) => sum + content.length, 0);
      const usage = { requests: 1, inputTokens: Math.round(sent / 4), outputTokens: 400 };
      return { text: '', object, finishReason: 'stop', usage };
    },
  };
}

/** Four pages to make, and two of the list to update. */
function plan(prompt) {
  const listed = [...prompt.matchAll(/^[-*] ((?:concepts|entities)\/\S+) \|/gm)].map(
    ([, path]) => path,
  );
  const create = [0, 1, 2, 3].map((at) => ({
    kind: at % 2 === 0 ? 'concept' : 'entity',
    title: `New ${word(at)} thing`,
    type: 'person',
    aliases: [],
    about: 'It is new.',
  }));
  const update = listed.slice(0, 2).map((page) => ({ page, about: 'It is more.' }));
  return { create, update, related: listed.slice(2, 4) };
}
