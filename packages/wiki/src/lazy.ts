/** A value that is made when it is first asked for: large regular expressions cost milliseconds, also where none is used. */
export function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
