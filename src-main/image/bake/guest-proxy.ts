import type { FetchSettings } from '../catalogue/fetch-settings.ts';

/** How a guest whose management network is open reaches the web, where it is not directly. */
export interface GuestProxy {
  readonly proxy: string;
  /** As NO_PROXY has it. */
  readonly noProxy: string | undefined;
}

/** Where slirp, QEMU's own network, has the host's loopback (QEMU, "Using the user mode network stack"). */
const hostSeenFromGuest = '10.0.2.2';

/** The proxy that images are fetched through, as a guest sees it; undefined without one. */
export function guestProxy(
  settings: Pick<FetchSettings, 'proxy' | 'noProxy'>,
  env: NodeJS.ProcessEnv = process.env,
): GuestProxy | undefined {
  const proxy = settings.proxy ?? env['http_proxy'] ?? env['HTTP_PROXY'];
  if (!proxy) return undefined;
  const url = new URL(proxy.includes('://') ? proxy : `http://${proxy}`);
  if (/^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname)) url.hostname = hostSeenFromGuest;
  return {
    proxy: url.href.replace(/\/$/, ''),
    noProxy: settings.noProxy ?? env['no_proxy'] ?? env['NO_PROXY'],
  };
}
