/** Takes out of a request what its endpoint has refused; the parameters' names are those on the wire. */
import type { Droppable, Quirks } from '../sdk/types.ts';

type Json = Record<string, unknown>;

/** How else the parameters are called: in OpenAI's newer API, and in Google's `generationConfig`. */
const NAMES: Readonly<Record<Droppable, readonly string[]>> = {
  temperature: ['temperature'],
  max_tokens: ['max_tokens', 'max_completion_tokens', 'maxOutputTokens'],
  stream_options: ['stream_options'],
  tool_choice: ['tool_choice', 'toolConfig'],
};

export function hasQuirks({ dropped, maxTokensName }: Quirks): boolean {
  return dropped.size > 0 || maxTokensName === 'max_completion_tokens';
}

/** The body without them; one that is no JSON object stays as it is. */
export function withoutRefused(text: string, { dropped, maxTokensName }: Quirks): string {
  let body: Json;
  try {
    body = JSON.parse(text) as Json;
  } catch {
    return text;
  }
  const places = [body, body['generationConfig']].filter(
    (place): place is Json => typeof place === 'object' && place !== null,
  );
  for (const place of places) {
    for (const name of [...dropped].flatMap((parameter) => NAMES[parameter])) delete place[name];
    if (maxTokensName === 'max_completion_tokens' && place['max_tokens'] !== undefined) {
      place['max_completion_tokens'] = place['max_tokens'];
      delete place['max_tokens'];
    }
  }
  return JSON.stringify(body);
}
