/**
 * How providers say that a prompt does not fit. They have no common code or status (400, 413, 422, 429
 * or 500), so that their words are all there is to go by.
 */

const WORDS: readonly RegExp[] = [
  // OpenAI, Azure, OpenRouter, DeepSeek, vLLM: "This model's maximum context length is 8192 tokens"
  /context_length_exceeded|(?:maximum|max_?)\s?(?:context|prompt|model|sequence)[\s_]length/iu,
  // OpenAI: "Your input exceeds the context window", "Input tokens exceed the configured limit"
  /exceeds?[^.]{0,60}(?:context|token limit)|input tokens exceed/iu,
  // Anthropic; "input length and `max_tokens` exceed context limit" is covered above
  /prompt is too long|request_too_large/iu,
  // Google: "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576)."
  /token count[^.]{0,60}exceeds|exceeds? the maximum number of (?:input )?tokens/iu,
  // Mistral: "Prompt contains 40000 tokens ..., too large for model with 32768 maximum context length"
  /too large for model with/iu,
  // a request that is larger than what an account may use in a minute never passes (OpenAI, Groq)
  /request too large for/iu,
  // Groq: "Please reduce the length of the messages or completion."
  /reduce the length of (?:the )?(?:messages|prompt|input)/iu,
  // Bedrock: "Input is too long for requested model."
  /input (?:is|was) too long|too many (?:input )?tokens/iu,
  // LM Studio, llama.cpp, Ollama
  /context (?:the )?overflows|larger than the (?:available )?context|exceed_context_size_error/iu,
  /tokens to keep from the initial prompt/iu,
  // TGI, Together: "`inputs` tokens + `max_new_tokens` must be <= 8193"
  /`inputs`[^.]{0,40}`max_new_tokens`|must have less than \d+ tokens/iu,
];

/** Numbers of a size that a context has, where the words say that it is the limit. */
const LIMITS: readonly RegExp[] = [
  /exceed context limit: \d+ \+ \d+ > (\d{3,8})/iu,
  /(?:context|prompt|model|sequence) (?:length|window|limit|size)(?: (?:of|is|only|the model|loaded|maximum))*[\s:(]+(\d{3,8})/iu,
  /> (\d{3,8}) maximum|(\d{3,8}) maximum context/iu,
  /(?:tokens allowed|configured limit of|limit of|at most|Limit)[\s(]+(\d{3,8})/iu,
  /"n_ctx":\s*(\d{3,8})/iu,
  /must be <= (\d{3,8})/iu,
];

/** A smaller number is not the size of a context. */
const SMALLEST_CONTEXT = 1024;

/** Whether a refusal says that the messages do not fit into the model's context. */
export function isTooLong(body: string): boolean {
  return WORDS.some((words) => words.test(body));
}

/** The size of the context that the refusal tells, in tokens. */
export function contextIn(body: string): number | undefined {
  for (const limit of LIMITS) {
    const found = limit.exec(body)?.slice(1).find(Boolean);
    if (found !== undefined && Number(found) >= SMALLEST_CONTEXT) return Number(found);
  }
  return undefined;
}
