import { LanguageModelError } from '../error.ts';
import { hintFor } from '../hints.ts';
import type { GenerateRequest, GenerateResult, JsonSchema } from '../model.ts';
import type { Rung } from '../providers.ts';
import { schemaCheck } from '../schema.ts';
/** One answer that is an object of a given form, asked for on one rung of the ladder. */
import { ask } from './ask.ts';
import type { Asking } from './ask.ts';
import type { Outcome } from './ladder.ts';
import { parseObject } from './parse-object.ts';

export type Given = Omit<GenerateResult, 'usage'>;

/** The format is the rung's; below the first rung the schema is in the prompt. */
export async function askForObject(
  { session, request, spend }: Omit<Asking, 'format'>,
  schema: JsonSchema,
  rung: Rung,
): Promise<Outcome<Given>> {
  const check = await schemaCheck(schema);
  const format = rung === 'json_schema' ? { schema } : rung;
  const messages = rung === 'json_schema' ? request.messages : withSchema(request.messages, schema);
  const asked = await ask({ session, request: { ...request, messages }, format, spend }).catch(
    unfitBySchema,
  );
  const { error, ...answer } = asked;
  if (error) return { kind: 'unfit', error };
  if (answer.finishReason === 'length') return { kind: 'cut-off', value: answer };
  const parsed = parseObject(answer.text, check);
  if ('object' in parsed) {
    return { kind: 'fits', value: { ...answer, object: parsed.object } };
  }
  const { name, provider } = session.subject;
  const message = `The answer of "${name}" is not the object that was asked for: ${parsed.fault}.`;
  const hint = hintFor('bad-answer', provider);
  return { kind: 'unfit', error: new LanguageModelError('bad-answer', message, { hint }) };
}

/** Some providers check the object themselves and report a misfit as a refusal. */
function unfitBySchema(error: unknown): Given & { readonly error: LanguageModelError } {
  if (error instanceof LanguageModelError && error.code === 'bad-answer' && error.status === 400) {
    return { text: '', finishReason: 'other', warnings: [], error };
  }
  throw error;
}

/** At the end of the last message, so that a shared prefix stays one. */
function withSchema(
  messages: GenerateRequest['messages'],
  schema: JsonSchema,
): GenerateRequest['messages'] {
  const instruction = `Answer with one JSON object and nothing else. It matches this JSON Schema:\n${JSON.stringify(schema)}`;
  return messages.map((message, index) =>
    index === messages.length - 1
      ? { ...message, content: `${message.content}\n\n${instruction}` }
      : message,
  );
}
