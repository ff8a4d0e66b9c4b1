import type {
  Script,
  ScriptedCall,
  ScriptedModel,
  ScriptedModelOptions,
  ScriptedReply,
  ScriptedRequest,
  ScriptedResult,
} from './types.ts';

/**
 * A model that answers from a script: by what a request is for, and in any order of arrival. It logs every
 * request. A request without an answer rejects with an error that names the key, so that no test passes by
 * accident.
 */
export function scriptedModel(options: ScriptedModelOptions): ScriptedModel {
  const { name = 'scripted/model', passOf, replies, pick } = options;
  const calls: ScriptedCall[] = [];
  const waiting: { readonly key: string; readonly go: () => void }[] = [];
  const counts = new Map<string, number>();
  let [underWay, most] = [0, 0];

  const turn = async (key: string): Promise<void> => {
    if (pick === undefined) return;
    await new Promise<void>((go) => {
      waiting.push({ key, go });
      setImmediate(() => {
        const at = pick(waiting.map((one) => one.key));
        waiting.splice(Math.min(Math.max(0, at), waiting.length - 1), 1)[0]?.go();
      });
    });
  };

  return {
    name,
    calls,
    keys: () => calls.map(({ key }) => key),
    mostAtOnce: () => most,
    async generate(request) {
      const key = passOf(request);
      const attempt = counts.get(key) ?? 0;
      counts.set(key, attempt + 1);
      const call = { key, attempt, request, prompt: request.messages.at(-1)?.content ?? '' };
      calls.push(call);
      underWay += 1;
      most = Math.max(most, underWay);
      try {
        await turn(key);
        request.signal?.throwIfAborted();
        return resultOf(replyTo(replies[key] ?? replies['*'], call), request);
      } finally {
        underWay -= 1;
      }
    },
  };
}

function replyTo(script: Script | undefined, call: ScriptedCall): ScriptedReply {
  const reply =
    typeof script === 'function'
      ? script(call)
      : Array.isArray(script)
        ? (script as readonly ScriptedReply[])[Math.min(call.attempt, script.length - 1)]
        : (script as ScriptedReply | undefined);
  if (reply === undefined) throw new Error(`The script has no answer for "${call.key}".`);
  return reply;
}

/** Tokens are characters in fours. */
function resultOf(reply: ScriptedReply, { messages }: ScriptedRequest): ScriptedResult {
  if ('error' in reply) throw reply.error;
  const text = 'text' in reply ? reply.text : JSON.stringify(reply.object);
  const sent = messages.reduce((sum, { content }) => sum + content.length, 0);
  return {
    text,
    ...('object' in reply ? { object: reply.object } : {}),
    finishReason: reply.finishReason ?? 'stop',
    usage: {
      requests: 1,
      inputTokens: Math.ceil(sent / 4),
      outputTokens: Math.ceil(text.length / 4),
    },
  };
}
