/** One answer from the model, whatever it takes on the wire. */
import { withDeadline } from '../deadline.ts';
import { explain, givenUp } from '../explain.ts';
import { imageWarnings } from '../images/image-gate.ts';
import { imagesOf } from '../images/images-of.ts';
import type { GenerateRequest, Usage } from '../model.ts';
import type { Format } from '../sdk/types.ts';
import type { Session } from '../session.ts';
import { persist } from './persist.ts';
import { readAnswer, usageOf } from './read-answer.ts';
import type { Answer } from './read-answer.ts';

/** Called with the usage of each answer, accepted or not. */
export type Spend = (usage: Usage) => void;

export interface Asking {
  readonly session: Session;
  readonly request: GenerateRequest;
  readonly format: Format;
  readonly spend: Spend;
}

/** Tries again while that may help, and without a parameter that the endpoint refused. */
export async function ask(asking: Asking): Promise<Answer> {
  const { session, request } = asking;
  const parameters = {
    temperature: session.options.temperature !== undefined,
    max_tokens: request.maxOutputTokens !== undefined,
    stream_options: false,
    tool_choice: false,
  };
  const images = imagesOf(request.messages);
  const { signal } = request;
  const answer = await persist({ session, signal, parameters, images }, () => tryOnce(asking));
  const unseen = imageWarnings(images, session.images, session.subject.name);
  return { ...answer, warnings: [...answer.warnings, ...unseen] };
}

async function tryOnce({ session, request, format, spend }: Asking): Promise<Answer> {
  const { subject, timeoutMs } = session;
  const { messages, maxOutputTokens, signal } = request;
  const sdk = await session.sdk();
  const error = givenUp(subject, `sent no whole answer within ${timeoutMs} ms`);
  const answer = await withDeadline({ timeoutMs, signal, error }, (deadline) =>
    sdk.send({ messages, format, maxOutputTokens, signal: deadline }),
  ).catch((failure: unknown) => {
    throw session.noted(explain(failure, subject));
  });
  const usage = usageOf(answer);
  spend(usage);
  session.estimator.learn(messages, usage);
  return readAnswer(answer, messages, subject);
}
