/** A language model that answers from a script, for tests of what asks one. */
export { scriptedModel } from './scripted-model.ts';
export type {
  Script,
  ScriptedCall,
  ScriptedMessage,
  ScriptedModel,
  ScriptedModelOptions,
  ScriptedReply,
  ScriptedRequest,
  ScriptedResult,
} from './types.ts';
