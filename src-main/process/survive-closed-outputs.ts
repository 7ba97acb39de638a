/** What a write says whose reader or terminal has gone. */
const gone = new Set(['EPIPE', 'EIO', 'ECONNRESET', 'ERR_STREAM_DESTROYED']);

/**
 * Has this process go on where nobody reads its output any more: a reader that has seen enough (`lvslab ls | head -1`), a
 * terminal that was closed, or a starter that was killed. Labs are still left in order then.
 */
export function surviveClosedOutputs(): void {
  for (const output of [process.stdout, process.stderr]) {
    output.on('error', (error: NodeJS.ErrnoException) => {
      if (!gone.has(error.code ?? '')) throw error;
    });
  }
}
