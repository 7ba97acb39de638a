import { createORPCClient } from '@orpc/client';
import type { AppClient } from '../../src-main/contract/app-contract.ts';
import { openPortLink } from './port-link.ts';
import { openSession, openSocketLink } from './socket-link.ts';

/** A way to the application, whichever shell is behind the page. */
export interface Connection {
  readonly client: AppClient;
  /** Resolves when the other end has gone. */
  readonly closed: Promise<void>;
}

/** @returns undefined when the shell does not let this browser in. */
export async function connect(): Promise<Connection | undefined> {
  // The scheme that the Electron shell serves the page under.
  if (location.protocol === 'app:') return withClient(openPortLink());
  return (await openSession()) ? withClient(await openSocketLink()) : undefined;
}

type Link = Parameters<typeof createORPCClient<AppClient>>[0];

function withClient({ link, closed }: { link: Link; closed: Promise<void> }): Connection {
  return { client: createORPCClient(link), closed };
}
