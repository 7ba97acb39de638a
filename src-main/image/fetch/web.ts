import http from 'node:http';
import https from 'node:https';
import type { FetchSettings } from '../catalogue/fetch-settings.ts';
import type { FetchLimits } from './limits.ts';

/** How the web is reached: by which agents, and how patiently. */
export interface Web extends FetchLimits {
  readonly agents: { readonly http: http.Agent; readonly https: https.Agent };
}

/**
 * The web through the proxy that is set, or that the environment names (HTTP_PROXY, HTTPS_PROXY, NO_PROXY, in small
 * letters too); directly where there is none.
 */
export function openWeb(
  { proxy, noProxy }: Pick<FetchSettings, 'proxy' | 'noProxy'>,
  limits: FetchLimits,
  env: NodeJS.ProcessEnv = process.env,
): Web {
  const proxyEnv = {
    HTTP_PROXY: proxy ?? env['http_proxy'] ?? env['HTTP_PROXY'],
    HTTPS_PROXY: proxy ?? env['https_proxy'] ?? env['HTTPS_PROXY'],
    NO_PROXY: noProxy ?? env['no_proxy'] ?? env['NO_PROXY'],
  };
  return { ...limits, agents: { http: new http.Agent({ proxyEnv }), https: new https.Agent({ proxyEnv }) } };
}
