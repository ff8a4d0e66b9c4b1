/**
 * A model that writes plausible pages: a document names its subjects in a line `Topics: A, B`; each is a
 * page, made or updated. For the model server, and in place of a model.
 */
import { NO_USAGE } from '@openkb/language-model';

import type { OpenedModel } from '../../src/services.ts';

export interface Asked {
  readonly messages: readonly { readonly content: string }[];
}

export type Pass = 'summary' | 'plan' | 'page' | 'relink';

/** What a request is for. */
export function passOf({ messages }: Asked): Pass {
  const last = messages.at(-1)?.content ?? '';
  if (last.includes('Decide which concept and entity pages')) return 'plan';
  if (/^(?:Write a page that is missing|Rewrite a page)/.test(last)) return 'page';
  if (last.startsWith('The page that I want now is the summary page')) return 'relink';
  return 'summary';
}

/** The object that a request asks for. */
export function answerTo(request: Asked): object {
  const all = request.messages.map(({ content }) => content).join('\n');
  const last = request.messages.at(-1)?.content ?? '';
  const topics = [...all.matchAll(/^Topics: (.*)$/gm)].flatMap(([, names = '']) =>
    names.split(', '),
  );
  const subjects = [...new Set(topics)];
  const pass = passOf(request);
  if (pass === 'plan') return plan(subjects, last);
  if (pass === 'page') {
    const [, title = ''] = /^(?:concepts|entities)\/\S+ \| (.*)$/m.exec(last) ?? [];
    return page(title, all);
  }
  const description = `About ${subjects.join(' and ')}.`;
  const linked = pass === 'relink' ? `\n\nSee ${links(all).join(' and ')}.` : '';
  return { description, content: summary(subjects) + linked };
}

function plan(subjects: readonly string[], prompt: string): object {
  const listed = [...prompt.matchAll(/^[*-] (\S+) \| ([^:(\n]*)/gm)].map(
    ([, target = '', title = '']) => ({ target, title: title.trim() }),
  );
  const known = (title: string) => listed.find((one) => one.title === title);
  return {
    create: subjects
      .filter((title) => !known(title))
      .map((title) => ({
        kind: 'concept',
        title,
        type: '',
        aliases: [],
        about: `It says what ${title} is.`,
      })),
    update: subjects.flatMap((title) => {
      const there = known(title);
      return there ? [{ page: there.target, about: `It says what ${title} is.` }] : [];
    }),
    related: [],
  };
}

const summary = (subjects: readonly string[]): string =>
  `This document is about ${subjects.join(' and ')}. ${'It says what they are and what they are good for. '.repeat(8)}`.trim();

function page(title: string, all: string): object {
  const facts = [...all.matchAll(/^Fact: (.*)$/gm)].map(([, fact = '']) => fact);
  const unique = [...new Set(facts)].toSorted();
  return {
    description: `What ${title} is.`,
    content:
      `${title} is a thing of the sea. ${'It was used for a long time and in many places. '.repeat(8)}\n\n${unique.map((fact) => `- ${fact}`).join('\n')}`.trim(),
  };
}

const links = (all: string): string[] => [
  ...new Set([...all.matchAll(/^(\[\[(?:concepts|entities)\/[^\]]+\]\])/gm)].map(([link]) => link)),
];

/** The writer in place of a model, for what runs many times. */
export function writingModel(): OpenedModel {
  return {
    model: {
      name: 'openai/gpt-4o',
      generate: (request) => {
        const object = answerTo(request);
        const text = JSON.stringify(object);
        const usage = { ...NO_USAGE, requests: 1, inputTokens: 100, outputTokens: 50 };
        request.onUsage?.(usage);
        return Promise.resolve({ text, object, usage, finishReason: 'stop', warnings: [] });
      },
      stream: () => Promise.reject(new Error('it does not stream')),
      usage: () => NO_USAGE,
      estimateTokens: (text) => Math.ceil(text.length / 4),
      contextTokens: () => undefined,
    },
    close: () => Promise.resolve(),
  };
}
