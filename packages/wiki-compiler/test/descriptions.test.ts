// oxlint-disable no-await-in-loop -- documents are added one after the other
import { readFileSync, readdirSync } from 'node:fs';

import { readFrontMatter } from '@openkb/wiki';
import { describe, expect, test } from 'vitest';

import { aboutness } from '../src/extractive/aboutness.ts';
import { subjectOf } from '../src/extractive/concepts/subject.ts';
import { stateOf } from '../src/extractive/pages/page-state.ts';
import type { Sentence } from '../src/extractive/shapes.ts';
import { languageProfile } from '../src/extractive/text/language.ts';
import { tokenise } from '../src/extractive/text/tokens.ts';
import { extractiveCompiler } from '../src/index.ts';
import { MemoryWiki, add, inputOf } from './support/memory-wiki.ts';

const compiler = extractiveCompiler();

function sentenceOf(text: string, language = 'en'): Sentence {
  const { canonical } = languageProfile(language);
  return {
    text,
    index: 0,
    section: 0,
    paragraph: 0,
    offset: 0,
    prose: true,
    back: false,
    abstract: false,
    tokens: tokenise(text, language, canonical),
  };
}

async function pagesOf(markdown: string): Promise<Record<string, string>> {
  const wiki = new MemoryWiki();
  await add(wiki, compiler, inputOf('doc', markdown));
  return descriptions(wiki);
}

function descriptions(wiki: MemoryWiki): Record<string, string> {
  const pages = [...wiki.pages].filter(([path]) => /^(?:concepts|entities)\//.test(path));
  return Object.fromEntries(
    pages.map(([path, text]) => {
      const { description } = readFrontMatter(text);
      return [path, typeof description === 'string' ? description : ''];
    }),
  );
}

describe('what a sentence is about', () => {
  test.each([
    [4, 'lens', 'Lenses that had needed minutes for one turn now made it in seconds.'],
    [4, 'lens', 'Many of the lenses still turn, with an electric lamp.'],
    [4, 'tower', 'By day a tower is known by its shape and its painted bands.'],
    [4, 'colour', 'Colour is used where it carries a meaning.'],
    [3, 'tower', 'The tower is 48 metres high and holds four thousand tons of granite.'],
    [2, 'watch', 'The night of a keeper was divided into watches.'],
    [2, 'stone', 'The last stones were set in the summer of 1810.'],
    [2, 'keeper', "The keeper's night was divided into watches."],
    [2, 'fog signal', 'The loudness of a fog signal is a poor sign of its distance.'],
    [2, 'bell', 'The Bell Rock stands far out in the sea.'],
    [2, 'hash table', 'Without a hash table the search would read every entry.'],
    [1, 'light', 'A sector light is a light that shows colours in different directions.'],
    [0, 'colour', 'A sector light is a light that shows colours in different directions.'],
    [0, 'rock', 'A rock lighthouse is a lighthouse that stands on a reef.'],
    [0, 'lens', 'A light that gathers its rays by lenses alone is called dioptric.'],
    [0, 'coast', 'The Bell Rock is a reef off Arbroath on the east coast of Scotland.'],
  ])('%i for the concept %s: %s', (expected, key, text) => {
    const subject = subjectOf({ kind: 'concept', key, keys: [key] });
    expect(aboutness(sentenceOf(text), subject, languageProfile('en'))).toBe(expected);
  });

  test.each([
    [4, 'john tyndall', 'In 1873 Tyndall made a long series of trials with horns.'],
    [4, 'michael faraday', 'In England, Michael Faraday was scientific adviser.'],
    [2, 'lighthouse board', 'It was taken up by the Lighthouse Board in the 1860s.'],
    [2, 'england', 'In England, Michael Faraday was scientific adviser.'],
    [0, 'england', 'Trinity House is the lighthouse authority for England and Wales.'],
    [1, 'boston harbor', 'Some Ledge is a rock in front of Boston Harbor.'],
  ] as const)('%i for the name %s: %s', (expected, key, text) => {
    const entityType = key.startsWith('john') ? 'person' : 'place';
    const subject = subjectOf({ kind: 'entity', key, keys: [key], entityType });
    expect(aboutness(sentenceOf(text), subject, languageProfile('en'), opensWithName)).toBe(
      expected,
    );
  });

  test('holds for German and Chinese openings', () => {
    expect(
      conceptAboutness('de', 'lett', 'Lettern werden aus einer Legierung von Blei gegossen.'),
    ).toBe(4);
    expect(
      conceptAboutness('de', 'papi', 'Der Hochdruck ist ein Verfahren für Papier aller Art.'),
    ).toBe(0);
    expect(conceptAboutness('zh', '缓存', '缓存把常用的数据保存在更快的介质中。')).toBe(4);
    expect(conceptAboutness('zh', '数据', '缓存是一种保存常用数据的技术。')).toBe(0);
  });
});

describe('a description', () => {
  test('is about the subject of the page, whatever sentence about something else would rank higher', async () => {
    const found = await pagesOf(`# Lights at Sea

## Sector Lights

A sector light is a light that shows a different colour in each direction. The sector light was found early, and the sector light is common.

## Colour

The crew sees the colour of a sector light. Colour is used where it carries a meaning for the crew of a ship. A red colour costs most of the brightness.`);
    expect(found).toMatchObject({
      'concepts/sector-light.md':
        'A sector light is a light that shows a different colour in each direction.',
      'concepts/colour.md': 'Colour is used where it carries a meaning for the crew of a ship.',
    });
  });

  test('over documents is of the one that has the topic as its subject, and never says what something else is', () => {
    const other = towerIn('a', 'A beacon is a light on a tower.', 20, 0);
    const named = towerIn('b', 'They climbed the tower.', 10);
    const tower = towerIn('c', 'The tower is high.', 5, 3);
    const towers = towerIn('d', 'Towers are high.', 1, 4);
    const described = (...contributions: (typeof other)[]) => stateOf(contributions)?.description;
    expect(described(other, named, tower, towers)).toBe('Towers are high.');
    expect(described(other, named, tower)).toBe('The tower is high.');
    expect(described(other, named)).toBe('They climbed the tower.');
    expect(described(other)).toBe('');
  });

  test('never opens by saying what another page is about', async () => {
    const folder = new URL('fixtures/order/', import.meta.url);
    const wiki = new MemoryWiki();
    for (const name of ['clock-synchronisation', 'spanner-note']) {
      const url = new URL(`fixtures/${name}/document.md`, import.meta.url);
      await add(wiki, compiler, inputOf(name, readFileSync(url, 'utf8')));
    }
    for (const file of readdirSync(folder).toSorted())
      await add(
        wiki,
        compiler,
        inputOf(file.replace('.md', ''), readFileSync(new URL(file, folder), 'utf8')),
      );
    const names = new Map<string, string>();
    for (const path of [...wiki.list('concepts'), ...wiki.list('entities')]) {
      const { title, aliases } = readFrontMatter(wiki.read(path) ?? '');
      for (const name of [title, aliases].flat())
        if (typeof name === 'string') names.set(bare(name), path);
    }
    const described = Object.entries(descriptions(wiki));
    const wrong = described.filter(([path, description]) => {
      const defined = /^(.{2,60}?) (?:is|are|was|were) (?:an?|the) /.exec(description)?.[1];
      const owner = defined === undefined ? undefined : names.get(bare(defined));
      return owner !== undefined && owner !== path;
    });
    expect(described.length).toBeGreaterThan(30);
    expect(wrong).toEqual([]);
  });
});

describe('a page', () => {
  test('is not made for an everyday word that the document says nothing about', async () => {
    const found = await pagesOf(`# Notes on Signals

A fog signal is a device that warns the ships near a coast. The fog signal has a horn. People on every coast liked a fog signal.
They rowed along the coast to hear it. A siren is a fog signal with a disc. The siren was heard along the coast. The siren is loud, and all who sailed there knew it well and were glad of it in the thick weather of the winter.`);
    expect(Object.keys(found)).toEqual(['concepts/fog-signal.md', 'concepts/siren.md']);
  });

  test('is made for what the title names and the first sentence defines, though it is named once', async () => {
    const found = await pagesOf(`# Photosynthesis

Photosynthesis is a process that plants use to turn light into sugar. It takes place in the leaves of green plants, and it needs water and air. Chlorophyll is the pigment that takes up the light. Without chlorophyll a leaf is not green. The sugar feeds the plant, and the oxygen that is left over goes into the air around the leaf.`);
    expect(found).toMatchObject({
      'concepts/photosynthesis.md':
        'Photosynthesis is a process that plants use to turn light into sugar.',
      'concepts/chlorophyll.md': 'Chlorophyll is the pigment that takes up the light.',
    });
  });
});

function bare(name: string): string {
  return name
    .toLowerCase()
    .replace(/^(?:the|an?) /, '')
    .replace(/ ?\([^()]*\)/g, '');
}

function opensWithName({ text }: Sentence): boolean {
  return text.startsWith('Trinity House');
}

function conceptAboutness(language: string, key: string, text: string) {
  const subject = subjectOf({ kind: 'concept', key, keys: [key] });
  return aboutness(sentenceOf(text, language), subject, languageProfile(language));
}

function towerIn(document: string, quotation: string, mentions: number, about?: 0 | 3 | 4) {
  const record = { document, title: 'Tower', mentions };
  return { record: about === undefined ? record : { ...record, about }, quotation };
}
