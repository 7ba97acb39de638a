import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { MirrorFailure, networkFailure, statusFailure } from './mirror-failure.ts';
import type { Web } from './web.ts';

interface Question {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Statuses that are an answer, not a failure. */
  readonly accept: readonly number[];
  readonly web: Web;
  readonly signal: AbortSignal | undefined;
}

/** A server's answer. */
export interface Answer {
  readonly status: number;
  /** By name in small letters. */
  readonly headers: http.IncomingHttpHeaders;
  /** The body piece by piece. @throws MirrorFailure when it breaks off or stalls; the signal's reason */
  pieces(): AsyncGenerator<Buffer>;
  /** Ends the connection; what comes of it no longer matters. */
  close(): void;
}

const maxRedirects = 10;

/**
 * Asks a server for a file, as it is: not packed on the way, and never by http where https was asked. Not by fetch(): in
 * Node 24 a server that ends the connection while its answer is still being written to disk brings the process down
 * (an assertion of undici's parser).
 * @throws MirrorFailure; the signal's reason when that is set off.
 */
export async function askServer(question: Question): Promise<Answer> {
  let { url } = question;
  for (let redirects = 0; redirects <= maxRedirects; redirects++) {
    const { message, ...answer } = await askOnce(url, question);
    const { statusCode: status = 0, headers } = message;
    if (question.accept.includes(status)) return { status, headers, ...answer };
    answer.close();
    if (![301, 302, 303, 307, 308].includes(status) || headers.location === undefined)
      throw statusFailure(message);
    url = redirected(url, headers.location);
  }
  throw new MirrorFailure(`it leads on more than ${maxRedirects} times`, { again: false });
}

function redirected(from: string, location: string): string {
  const to = URL.parse(location, from);
  const allowed = from.startsWith('https:') ? ['https:'] : ['http:', 'https:'];
  if (to && allowed.includes(to.protocol)) return to.href;
  throw new MirrorFailure(`it leads from ${new URL(from).protocol} to ${location}`, { again: false });
}

async function askOnce(url: string, { headers, web, signal }: Question) {
  const controller = new AbortController();
  const close = () => {
    controller.abort();
  };
  const asFailure = (error: unknown): MirrorFailure => {
    signal?.throwIfAborted();
    return error instanceof MirrorFailure ? error : networkFailure(error);
  };
  const secure = url.startsWith('https:');
  const request = (secure ? https : http).get(url, {
    agent: secure ? web.agents.https : web.agents.http,
    headers: { 'accept-encoding': 'identity', ...headers },
    signal: signal ? AbortSignal.any([signal, controller.signal]) : controller.signal,
    timeout: web.stallMs,
  });
  request.on('timeout', () => {
    request.destroy(new MirrorFailure(`nothing came for ${web.stallMs / 1000} s`, { again: true }));
  });
  try {
    const { message, body } = await answerTo(request);
    return { message, close, pieces: () => pieces(body, asFailure) };
  } catch (error) {
    throw asFailure(error);
  }
}

interface Answered {
  readonly message: IncomingMessage;
  readonly body: Body;
}

function answerTo(request: http.ClientRequest): Promise<Answered> {
  return new Promise((resolve, reject) => {
    request.once('response', (message) => {
      resolve({ message, body: takeIn(message) });
    });
    request.on('error', reject);
  });
}

/** What has come and was not read yet, and how it ended. */
interface Body {
  next(): Promise<Buffer | undefined>;
}

/** So many pieces, of 64 KiB at most, wait for their reader before the server has to. */
const maxWaiting = 16;

/** Takes in a body as it comes. Node throws away what was not read yet when a connection breaks; here it is read first. */
function takeIn(message: IncomingMessage): Body {
  const waiting: Buffer[] = [];
  let end: { error: Error | undefined } | undefined;
  let wake: () => void = () => undefined;
  const finish = (error: Error | undefined) => {
    end ??= { error };
    wake();
  };
  message.on('data', (piece: Buffer) => {
    if (waiting.push(piece) >= maxWaiting) message.pause();
    wake();
  });
  message.once('end', () => {
    finish(undefined);
  });
  message.on('error', finish);
  message.once('close', () => {
    finish(new Error('aborted'));
  });
  return {
    async next() {
      while (waiting.length === 0 && !end) await new Promise<void>((resolve) => (wake = resolve));
      const piece = waiting.shift();
      if (piece) message.resume();
      else if (end?.error) throw end.error;
      return piece;
    },
  };
}

async function* pieces(body: Body, asFailure: (error: unknown) => MirrorFailure): AsyncGenerator<Buffer> {
  try {
    for (let piece = await body.next(); piece; piece = await body.next()) yield piece;
  } catch (error) {
    throw asFailure(error);
  }
}
