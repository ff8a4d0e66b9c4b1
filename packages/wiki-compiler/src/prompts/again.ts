/** The end of a request that is made again because its answer was not accepted. */
export function againPrompt(reason: string): string {
  return `\n\nYour last answer to this was not accepted: ${reason}. Answer again, with the whole object.`;
}
