/** Runs the tools that a model asked for. Whatever goes wrong in a tool is data for the model. */
import type { ConversationRequest, Tool, ToolCall } from '../conversation.ts';
import { LanguageModelError } from '../error.ts';
import { TextWithImages } from '../images/image.ts';
import { schemaCheck } from '../schema.ts';
import type { SdkToolCall, ToolResult } from '../sdk/types.ts';
import type { Session } from '../session.ts';

export interface Running {
  readonly tools: ReadonlyMap<string, Tool>;
  readonly request: ConversationRequest;
  readonly session: Session;
}

export interface Ran {
  readonly calls: readonly ToolCall[];
  /** In order of the calls. */
  readonly results: readonly ToolResult[];
}

type Output = ToolResult['output'];

/** Two tools of one name are a mistake of the programmer. */
export function toolsByName(tools: readonly Tool[]): ReadonlyMap<string, Tool> {
  const byName = new Map(tools.map((tool) => [tool.name, tool]));
  if (byName.size !== tools.length) throw new TypeError('two tools have the same name');
  return byName;
}

/** At once, as the model asked for them at once. Throws `aborted` when the signal fires. */
export async function runTools(asked: readonly SdkToolCall[], running: Running): Promise<Ran> {
  const signal = running.request.signal ?? new AbortController().signal;
  const outputs = await untilAborted(
    Promise.all(asked.map((call) => run(call, running, signal))),
    signal,
    running.session,
  );
  return {
    calls: asked.map(({ name, input }, index) => {
      const output = outputs[index];
      return { name, input, ...(output?.type === 'error-text' ? { error: output.value } : {}) };
    }),
    results: asked.map(({ id, name }, index) => ({
      id,
      name,
      output: outputs[index] ?? failure('it was not run'),
    })),
  };
}

async function run(call: SdkToolCall, running: Running, signal: AbortSignal): Promise<Output> {
  const { tools, request, session } = running;
  const tool = tools.get(call.name);
  if (!tool) {
    return failure(
      `There is no tool "${call.name}". The tools are: ${[...tools.keys()].join(', ')}.`,
    );
  }
  if (call.fault !== undefined) return failure(`The input cannot be read: ${call.fault}`);
  const wrong = (await schemaCheck(tool.parameters))(call.input);
  if (wrong !== undefined) return failure(`The input does not fit: ${wrong}`);
  request.onToolCall?.({ name: call.name, input: call.input });
  try {
    return success(await tool.execute(call.input, { signal }));
  } catch (error) {
    return failure(session.subject.redact(error instanceof Error ? error.message : String(error)));
  }
}

function success(result: unknown): Output {
  if (result instanceof TextWithImages) return { type: 'images', value: result };
  if (typeof result === 'string') return { type: 'text', value: result };
  const json = JSON.stringify(result) ?? 'null';
  return { type: 'json', value: JSON.parse(json) as never };
}

function failure(value: string): Output {
  return { type: 'error-text', value };
}

async function untilAborted<T>(
  work: Promise<T>,
  signal: AbortSignal,
  { subject }: Session,
): Promise<T> {
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () =>
      reject(new LanguageModelError('aborted', `The request to "${subject.name}" was given up.`));
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    if (onAbort) signal.removeEventListener('abort', onAbort);
  }
}
