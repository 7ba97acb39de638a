import type { GuestShell } from '../../../src-main/guest/guest-session.ts';

/** What each listing says; the script of `readIpvs` prints them in this order. */
export interface Listings {
  table: string;
  thresholds: string;
  persistent: string;
  stats: string;
  rates: string;
  timeouts: string;
  rules: string;
  marks: string;
  connections: string;
}

export const someListings: Listings = {
  table:
    'TCP  10.1.0.100:80 rr\n  -> 10.1.0.12:80   Route   1   0   3\n  -> 10.1.0.11:80   Route   2   1   2\n',
  thresholds: 'TCP  10.1.0.100:80 rr\n  -> 10.1.0.11:80   9 5 1 2\n  -> 10.1.0.12:80   0 0 0 3\n',
  persistent: 'TCP  10.1.0.100:80 rr\n  -> 10.1.0.11:80   2 7 1 2\n  -> 10.1.0.12:80   1 0 0 3\n',
  stats:
    'TCP  10.1.0.100:80 6 36 0 2400 0\n  -> 10.1.0.11:80 3 18 0 1200 0\n  -> 10.1.0.12:80 3 18 0 1200 0\n',
  rates: 'TCP  10.1.0.100:80 1 6 0 400 0\n  -> 10.1.0.11:80 1 3 0 200 0\n  -> 10.1.0.12:80 0 3 0 200 0\n',
  timeouts: 'Timeout (tcp tcpfin udp): 900 120 300\n',
  rules: '-A -t 10.1.0.100:80 -s rr\n',
  marks: '',
  connections:
    'IPVS connection entries\npro expire state source virtual destination\n' +
    'TCP 01:57  FIN_WAIT    10.1.0.2:51234     10.1.0.100:80      10.1.0.11:80\n',
};

/** A director whose nth read says the nth of `reads`; after the last, that one again. */
export function fakeDirector(...reads: Partial<Listings>[]): GuestShell & { commands: string[] } {
  const commands: string[] = [];
  return {
    commands,
    run: async (command, { signal } = {}) => {
      signal?.throwIfAborted();
      const listings = { ...someListings, ...reads[Math.min(commands.length, reads.length - 1)] };
      commands.push(command);
      return { exitCode: 0, stdout: Object.values(listings).join('==== next listing\n'), stderr: '' };
    },
  };
}
