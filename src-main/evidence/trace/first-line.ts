/** Longer lines are cut. */
const longest = 200;

/** The first line of HTTP in clear: a request's (`GET / HTTP/1.1`) or a reply's (`HTTP/1.1 200 OK`); null if it is none. */
export function httpFirstLine(data: Uint8Array, direction: 'request' | 'reply'): string | null {
  const text = Buffer.from(data.buffer, data.byteOffset, Math.min(data.length, longest)).toString('latin1');
  const form =
    direction === 'request' ? /^[A-Z]+ [\x21-\x7e]+( HTTP\/1\.[01]|$)/ : /^HTTP\/1\.[01] \d{3}[\x20-\x7e]*/;
  return form.exec(text)?.[0] ?? null;
}
