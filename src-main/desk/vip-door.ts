import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LabError } from '../contract/lab-error.ts';
import type { LabContext } from '../lab/lab-context.ts';
import { readRecord } from '../lab/lab-record.ts';
import { passOn } from './vip-door-pass-on.ts';
import { keepWayToClient } from './vip-door-way.ts';

/** A port of this computer behind which a lab's virtual service is, as its client sees it. */
export interface OpenDoor {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Listens on a free port of 127.0.0.1. Each request goes on from the lab's client to the virtual service that the
 * lab has at that moment, so a switch of the mode keeps the door.
 * @param onLost Hears that the lab does not answer any more; the door is to be closed then.
 * @throws LabError as `keepWayToClient`; 'bad-input' for a service that no browser speaks to.
 */
export async function openVipDoor(
  context: Pick<LabContext, 'dataFolder'>,
  lab: string,
  signal: AbortSignal,
  onLost: () => void,
): Promise<OpenDoor> {
  const service = async () => (await readRecord(context.dataFolder, lab)).plan.service;
  if ((await service()).protocol !== 'tcp') {
    throw new LabError(
      'bad-input',
      `The virtual service of the lab '${lab}' speaks UDP, which no browser opens.`,
    );
  }
  const way = await keepWayToClient(context, lab, signal, onLost);
  const server = createServer(
    passOn(async () => {
      const { vip, port } = await service();
      return (await way.now()).open(vip, port);
    }),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await Promise.all([closed, way.close()]);
    },
  };
}
