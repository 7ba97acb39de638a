import { StringDecoder } from 'node:string_decoder';
import { setTimeout as pause } from 'node:timers/promises';
import type { GuestTerminal } from '../guest/open-shell.ts';

/** Milliseconds between two texts: what is typed is echoed at once, what comes in a flood is gathered. */
const intervalMs = 20;
/** Bytes that may wait for a reader before the shell is made to wait. */
const mostBytes = 65_536;

/**
 * What a shell writes, as text, until it is over. Nothing is dropped: while the reader is slow the shell waits. A
 * character whose bytes come in two pieces is handed over whole.
 * @returns whether the shell ended, rather than its connection.
 */
export async function* readTerminal(
  terminal: Pick<GuestTerminal, 'listen' | 'pause' | 'resume'>,
): AsyncGenerator<string, boolean> {
  const decoder = new StringDecoder('utf8');
  let pieces: Buffer[] = [];
  let [bytes, dueMs] = [0, 0];
  let end: { readonly shellEnded: boolean } | undefined;
  let news = Promise.withResolvers<undefined>();
  terminal.listen(
    (piece) => {
      pieces.push(piece);
      bytes += piece.length;
      if (bytes >= mostBytes) terminal.pause();
      news.resolve(undefined);
    },
    (shellEnded) => {
      end = { shellEnded };
      news.resolve(undefined);
    },
  );
  for (;;) {
    await news.promise;
    const early = dueMs - performance.now();
    if (early > 0 && !end && bytes < mostBytes) await pause(early);
    // What comes from here on is for the next round, and waits for the reader to come back.
    const [taken, over] = [pieces, end];
    if (!over) news = Promise.withResolvers();
    [pieces, bytes] = [[], 0];
    terminal.resume();
    const text = decoder.write(Buffer.concat(taken)) + (over ? decoder.end() : '');
    dueMs = performance.now() + intervalMs;
    if (text !== '') yield text;
    if (over) return over.shellEnded;
  }
}
