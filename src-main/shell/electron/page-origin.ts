/** The scheme the page is served under; no host is reachable by it. */
export const PAGE_SCHEME = 'app';
export const PAGE_ORIGIN = `${PAGE_SCHEME}://lvslab`;

/** Whether an address is one of the page's own. */
export function isOwnPage(address: string): boolean {
  return address.startsWith(`${PAGE_ORIGIN}/`);
}

/**
 * Whether an address can be that of a lab's virtual service as this computer reaches it, a port forwarded on 127.0.0.1:
 * the only thing that the page may have opened in the user's browser.
 */
export function isVipDoor(address: string): boolean {
  const url = URL.parse(address);
  return (
    url?.protocol === 'http:' &&
    url.hostname === '127.0.0.1' &&
    url.port !== '' &&
    !url.username &&
    !url.password
  );
}
