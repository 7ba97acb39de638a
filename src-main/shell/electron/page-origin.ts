/** The scheme the page is served under; no host is reachable by it. */
export const PAGE_SCHEME = 'app';
export const PAGE_ORIGIN = `${PAGE_SCHEME}://lvslab`;

/** Whether an address is one of the page's own. */
export function isOwnPage(address: string): boolean {
  return address.startsWith(`${PAGE_ORIGIN}/`);
}
