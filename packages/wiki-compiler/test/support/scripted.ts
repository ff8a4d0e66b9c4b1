import {
  type ScriptedRequest,
  scriptedModel,
  type Script,
  type ScriptedModel,
} from '@openkb/test-kit/scripted-model';

import {
  CompileError,
  type CompileOptions,
  type CompilerInput,
  createModelCompiler,
  type ModelCompilation,
  type ModelCompiler,
  type ModelCompilerOptions,
} from '../../src/index.ts';
import { LINKS_ANSWER } from '../../src/prompts/page.ts';
import { type MemoryWiki, OPTIONS } from './memory-wiki.ts';

/** What a request of the compiler is for: `summary`, `plan`, `page concepts/attention`, `relink`, `sections`, `withdraw`. */
export function passOf({ messages, schema }: ScriptedRequest): string {
  const prompt = messages.at(-1)?.content ?? '';
  const properties = Object.keys(schema?.['properties'] ?? {});
  if (properties.includes('sections')) return 'sections';
  if (properties.includes('create')) return 'plan';
  if (prompt.startsWith('A document was taken out'))
    return `withdraw ${/<current-page[^>]*>\n(.*)/.exec(prompt)?.[1]}`;
  if (!messages.some(({ content }) => content === LINKS_ANSWER)) return 'summary';
  const target = /<page id="[^"]*">\n(\S+) \|/.exec(prompt)?.[1];
  return target === undefined ? 'relink' : `page ${target}`;
}

export interface Scripted {
  readonly model: ScriptedModel;
  readonly compiler: ModelCompiler;
}

export function scripted(
  replies: Readonly<Record<string, Script>>,
  options: Partial<Omit<ModelCompilerOptions, 'model'>> & {
    readonly pick?: (waiting: readonly string[]) => number;
  } = {},
): Scripted {
  const { pick, ...more } = options;
  const model = scriptedModel({ passOf, replies, pick });
  return { model, compiler: createModelCompiler({ model, ...more }) };
}

/** Compiles and applies. */
export async function compile(
  wiki: MemoryWiki,
  compiler: ModelCompiler,
  input: CompilerInput,
  options: Partial<CompileOptions> = {},
): Promise<ModelCompilation> {
  wiki.pages.set(input.fullText, input.markdown);
  const compilation = await compiler.compile(input, wiki, { ...OPTIONS, ...options });
  wiki.apply(compilation);
  return compilation;
}

/** What a compilation that fails rejects with. */
export async function failure(work: Promise<unknown>): Promise<CompileError> {
  const error: unknown = await work.then(
    () => undefined,
    (one: unknown) => one,
  );
  if (error instanceof CompileError) return error;
  throw new Error('The compilation did not fail as it should.', { cause: error });
}

/** What a reader sees of a page below its front matter. */
export const bodyOf = (text: string): string =>
  text.slice(text.indexOf('\n# ')).replace(/\n<!-- written-lines .*\n$/, '');

/** A reply that is a page. */
export function page(content: string, description = 'A page of the test.') {
  return { object: { description, content } };
}

export interface PlanReply {
  readonly create?: readonly Partial<{
    kind: string;
    title: string;
    type: string;
    aliases: readonly string[];
    about: string;
  }>[];
  readonly update?: readonly { page: string; about?: string }[];
  readonly related?: readonly string[];
}

export function plan({ create = [], update = [], related = [] }: PlanReply = {}) {
  return {
    object: {
      create: create.map((one) => ({ kind: 'concept', type: '', aliases: [], about: '', ...one })),
      update: update.map((one) => ({ about: '', ...one })),
      related,
    },
  };
}
