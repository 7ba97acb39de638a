import { setTimeout as pause } from 'node:timers/promises';
import { LabError } from '../contract/lab-error.ts';
import { openForwarder, type TcpForwarder } from '../guest/forward-tcp.ts';
import type { LabContext } from '../lab/lab-context.ts';
import { demandFoundWorks, findNode } from '../lab/with-node.ts';

/** Milliseconds for a login, and for a lab that is switched or reset to answer again. */
const loginMs = 20_000;
const awayMs = 60_000;

/** The way from here to a lab's client, kept while the lab answers. */
export interface ClientWay {
  /** The connection as it is now, waiting for one that is made anew. */
  now(): Promise<TcpForwarder>;
  close(): Promise<void>;
}

/**
 * Logs in to the lab's client, and again, by the record as it is then, whenever that connection breaks.
 * @param onLost Hears that the lab is gone, or did not answer again within a minute.
 * @throws LabError as `findNode` and `openForwarder`.
 */
export async function keepWayToClient(
  context: Pick<LabContext, 'dataFolder'>,
  lab: string,
  signal: AbortSignal,
  onLost: () => void,
): Promise<ClientWay> {
  const closing = new AbortController();
  const connect = async (ended: AbortSignal): Promise<TcpForwarder> => {
    const found = await findNode(context, lab, { role: 'client' });
    await demandFoundWorks(found);
    return openForwarder({ ...found.address, timeout: loginMs, goesOn: true, signal: ended });
  };
  const again = async (): Promise<TcpForwarder> => {
    const ended = AbortSignal.any([closing.signal, AbortSignal.timeout(awayMs)]);
    for (;;) {
      try {
        return await connect(ended);
      } catch (error) {
        if (ended.aborted || (error instanceof LabError && error.code === 'not-found')) throw error;
        await pause(1000, undefined, { signal: ended });
      }
    }
  };
  const keep = async (): Promise<void> => {
    try {
      for (;;) {
        const { closed } = await link;
        await closed;
        if (closing.signal.aborted) return;
        link = again();
      }
    } catch {
      if (!closing.signal.aborted) onLost();
    }
  };
  let link = Promise.resolve(await connect(signal));
  const kept = keep();
  return {
    now: () => link,
    async close() {
      closing.abort();
      const forwarder = await link.catch(() => undefined);
      await forwarder?.close();
      await kept;
    },
  };
}
