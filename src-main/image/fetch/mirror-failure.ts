import type { IncomingMessage } from 'node:http';

/** A mirror that did not give what was asked of it. */
export class MirrorFailure extends Error {
  override readonly name = 'MirrorFailure';
  /** Whether asking the same mirror again may help. */
  readonly again: boolean;

  constructor(words: string, options: { again: boolean; cause?: unknown }) {
    super(words, { cause: options.cause });
    this.again = options.again;
  }
}

/** Statuses after which a server may answer otherwise a moment later (RFC 9110, RFC 6585). */
const passing = [408, 425, 429, 500, 502, 503, 504];

export function statusFailure({ statusCode = 0, statusMessage }: IncomingMessage): MirrorFailure {
  const words = `it answered ${[statusCode, statusMessage].filter(Boolean).join(' ')}`;
  return new MirrorFailure(words, { again: passing.includes(statusCode) });
}

/** What happened on the network; several addresses that were tried in vain come as one error without words. */
export function networkFailure(error: unknown): MirrorFailure {
  const { message, code } = error as NodeJS.ErrnoException;
  const words = message || (code ?? 'the connection failed');
  return new MirrorFailure(words === 'aborted' ? 'it broke off' : words, { again: true, cause: error });
}
