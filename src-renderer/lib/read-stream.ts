/** Reads a stream of arrays to its end, and returns the result it ends with. */
export async function readStream<T, R>(
  stream: AsyncIterator<T[], R>,
  onItems: (items: T[]) => void,
): Promise<R> {
  for (;;) {
    const next = await stream.next();
    if (next.done) return next.value;
    onItems(next.value);
  }
}
