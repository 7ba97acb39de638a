import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Who may talk to the browser shell: the holder of the printed address, from the page that this server served. */
export interface Access {
  /** Good for one exchange; it stands in the fragment of the printed address, which browsers do not send. */
  readonly token: string;
  /** The Set-Cookie value for whoever shows the token for the first time; undefined for anyone else. */
  exchange(token: string): string | undefined;
  hasCookie(headers: IncomingHttpHeaders): boolean;
}

/** @param port Part of the cookie's name, since browsers share cookies between the ports of a host. */
export function createAccess(port: number): Access {
  const token = secret();
  const session = secret();
  const cookieName = `lvslab-${port}`;
  let used = false;
  return {
    token,
    exchange(shown) {
      if (used || !same(shown, token)) return undefined;
      used = true;
      return `${cookieName}=${session}; HttpOnly; SameSite=Strict; Path=/`;
    },
    hasCookie: ({ cookie = '' }) =>
      cookie.split(/; */).some((pair) => same(pair, `${cookieName}=${session}`)),
  };
}

/**
 * Whether a request was addressed to this server under its own name, and comes from its own page where it says where
 * it comes from. The first keeps out names that were rebound to 127.0.0.1, the second other sites.
 * @param strict The request must say where it comes from: it changes something or opens a connection.
 */
export function isFromOwnPage(headers: IncomingHttpHeaders, port: number, strict: boolean): boolean {
  const { host, origin } = headers;
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) return false;
  return origin === undefined ? !strict : origin === `http://${host}`;
}

function secret(): string {
  return randomBytes(32).toString('base64url');
}

function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
