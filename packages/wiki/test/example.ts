import {
  buildSearchIndex,
  checkWiki,
  emptyIndex,
  pagePath,
  passagesOfPage,
  searchPassages,
  slugOf,
  upsertIndexEntries,
  wikilink,
  writeFrontMatter,
} from '@openkb/wiki';

const path = pagePath('concepts', slugOf('Self-Attention'));

const page = `${writeFrontMatter({
  type: 'Concept',
  description: 'Attention of a sequence to itself.',
})}# Self-attention

It relates the positions of a single sequence. See ${wikilink('concepts/transformer')}.
`;

const index = upsertIndexEntries(emptyIndex(), [
  { section: 'Concepts', target: 'concepts/self-attention', description: 'Attention to itself' },
]);

const violations = checkWiki(
  new Map([
    ['index.md', index],
    [path, page],
  ]),
);
console.log(violations.map(({ message }) => message));
// [ 'No page links "concepts/self-attention.md".',
//   '"concepts/self-attention.md" links "concepts/transformer", which does not exist.' ]

const [hit] = searchPassages(
  buildSearchIndex(passagesOfPage(path, page)),
  'position of a sequence',
);
console.log(hit?.sentence);
// It relates the positions of a single sequence.
