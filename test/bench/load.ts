import type { NodeAccess } from '../../src-main/contract/lab-result.ts';
import type { GuestSession } from '../../src-main/guest/guest-session.ts';
import { startCurlLoop } from '../../src-main/traffic/curl-loop.ts';
import { ending } from '../support/end-started.ts';
import { connectNode } from '../support/connect-node.ts';
import { startLvslab } from '../support/lvslab.ts';
import { reportRatio } from './report.ts';

const rounds = 5;
const requests = 300;
const service = { vip: '10.10.0.100', port: 80 };

/** Requests per second of our curl loop, samples and all, against curl run by hand in the same client. */
export async function benchLoad(): Promise<void> {
  const call = startLvslab(['up', 'three-modes', '--json']);
  const end = async () => {
    call.child.kill('SIGINT');
    await call.ended;
  };
  const ours: number[] = [];
  const byHand: number[] = [];
  await ending(end, async () => {
    const ready = await call.until(({ event }) => event === 'ready');
    const access = (ready['nodes'] as NodeAccess[]).find(({ role }) => role === 'client');
    if (!access) throw new Error('The lab has no client.');
    const client = await connectNode(access);
    try {
      for (let round = 0; round < rounds; round++) {
        byHand.push(await rateByHand(client));
        ours.push((await startCurlLoop({ session: client, service, requests })).ratePerSecond ?? NaN);
      }
    } finally {
      await client.close();
    }
  });
  reportRatio('requests per second', { ours, peer: byHand, unit: '1/s', aim: 'at least 0.9' });
}

/** Timed in the guest, so that SSH does not count. */
async function rateByHand(client: GuestSession): Promise<number> {
  const url = `http://${service.vip}:${service.port}/?[1-${requests}]`;
  const curl = `curl -s -o /dev/null -H 'Connection: close' '${url}'`;
  const { stdout } = await client.run(`a=$(date +%s%N); ${curl}; b=$(date +%s%N); echo $((b - a))`);
  return requests / (Number(stdout) / 1e9);
}
