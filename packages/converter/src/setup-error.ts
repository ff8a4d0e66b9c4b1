/** The installation or the caller is wrong, not the source: it goes through to the caller as it is. */
export class SetupError extends Error {
  override readonly name = 'SetupError';
}
