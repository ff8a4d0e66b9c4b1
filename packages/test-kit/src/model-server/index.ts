/**
 * A model provider for tests: a real HTTP server on 127.0.0.1 that speaks OpenAI chat completions,
 * Anthropic messages and Google generateContent, whole and as streams, answers from a script, and fails
 * on demand.
 *
 *     await using server = await startModelServer({ replies: [{ text: 'Hello.' }] });
 *     // ... let the program under test talk to server.openai, server.anthropic or server.google ...
 *     server.requests[0]?.messages
 *
 * It checks requests as strictly as the real endpoints do (roles, `max_tokens` of Anthropic, the
 * rules of strict schemas, the word "JSON" that JSON mode asks for), so that a test cannot pass on a
 * request which a provider would refuse.
 */
export { startModelServer } from './server.ts';
export type { ModelServerOptions } from './script.ts';
export type { ModelServer } from './server.ts';
export type {
  ModelAnswer,
  ModelFault,
  ModelReply,
  ModelRequest,
  ModelToolCall,
  ModelUsage,
  ReceivedImage,
} from './types.ts';
