/** For endpoints that send a whole chat completion although a stream was asked for: makes it one. */

type Json = Readonly<Record<string, unknown>>;

/** Whether a stream was asked for, and something else came. */
export function isWholeAnswer(sent: unknown, response: Response): boolean {
  const asked = typeof sent === 'string' && sent.includes('"stream":true');
  const type = response.headers.get('content-type') ?? '';
  return asked && response.ok && type.startsWith('application/json');
}

/** The same answer as two events; what is no chat completion is one event as it stands. */
export async function asStream(response: Response): Promise<Response> {
  const text = await response.text();
  const headers = { 'content-type': 'text/event-stream' };
  return new Response(
    events(text)
      .map((event) => `data: ${event}\n\n`)
      .join(''),
    { headers },
  );
}

function events(text: string): string[] {
  const answer = parse(text);
  // one line, as the lines of an event are not
  if (!answer) return [text.replace(/\s*\n\s*/gu, ' ')];
  const [choice] = (answer['choices'] ?? []) as readonly Json[];
  const message = choice?.['message'] as Json | undefined;
  if (!choice || !message) return [JSON.stringify(answer)];
  const { message: _message, finish_reason: reason, ...rest } = choice;
  const delta = { ...message, ...indexed(message['tool_calls']) };
  return [
    JSON.stringify({ ...answer, usage: null, choices: [{ ...rest, index: 0, delta }] }),
    JSON.stringify({ ...answer, choices: [{ index: 0, delta: {}, finish_reason: reason }] }),
  ];
}

/** Calls have no number in a whole answer. */
function indexed(calls: unknown): { readonly tool_calls?: readonly Json[] } {
  if (!Array.isArray(calls)) return {};
  return { tool_calls: (calls as Json[]).map((call, index) => Object.assign({ index }, call)) };
}

function parse(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Json) : undefined;
  } catch {
    return undefined;
  }
}
