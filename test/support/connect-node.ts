import type { NodeAccess } from '../../src-main/contract/lab-result.ts';
import { connectGuest } from '../../src-main/guest/connect-guest.ts';
import type { GuestSession } from '../../src-main/guest/guest-session.ts';

/** Logs in to a node with what the command's JSON tells of it, as any outside program could. */
export function connectNode({ name, ssh }: NodeAccess): Promise<GuestSession> {
  const { host, port, user, keyPath, hostKey } = ssh;
  return connectGuest({ node: name, host, port, user, privateKeyPath: keyPath, hostKey, timeout: 120_000 });
}
