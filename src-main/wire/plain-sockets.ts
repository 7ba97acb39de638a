import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import {
  portInUse,
  receiveBufferBytes,
  type DatagramHandler,
  type PortAddress,
  type PortSockets,
} from './port-sockets.ts';

const host = '127.0.0.1';

/**
 * The ports as sockets of Node: works everywhere, at one call, one event and one allocation a datagram.
 * @throws LabError `port-in-use`; nothing is left open then.
 */
export async function openPlainSockets(
  ports: readonly PortAddress[],
  handler: DatagramHandler,
): Promise<PortSockets> {
  const sockets: Socket[] = [];
  let timer: NodeJS.Timeout | undefined;
  const send = (port: number, frame: Uint8Array) => {
    sockets[port]?.send(frame, ports[port]?.guestPort, host);
  };
  const release = () => {
    clearTimeout(timer);
    const wait = handler.release(send);
    timer = wait === Infinity ? undefined : setTimeout(release, Math.ceil(wait));
  };
  const close = async () => {
    clearTimeout(timer);
    await Promise.all(sockets.map((socket) => new Promise<void>((closed) => socket.close(closed))));
  };
  try {
    for (const port of ports) sockets.push(await bind(port));
  } catch (error) {
    await close();
    throw error;
  }
  for (const [index, socket] of sockets.entries()) {
    // Node answers a failed send here; which frame it was it does not say.
    socket.on('error', () => {
      handler.unsent(index, 1);
    });
    socket.on('message', (frame, sender) => {
      if (sender.port !== ports[index]?.guestPort || sender.address !== host) {
        handler.stranger(index);
        return;
      }
      handler.beginBatch();
      for (const egress of handler.frame(index, frame, 0, frame.length)) send(egress, frame);
      release();
    });
  }
  return { close };
}

async function bind(port: PortAddress): Promise<Socket> {
  const socket = createSocket({
    type: 'udp4',
    recvBufferSize: receiveBufferBytes,
    // Every address here is a number already.
    lookup: (address, _options, answer) => {
      answer(null, address, 4);
    },
  });
  try {
    const listening = once(socket, 'listening');
    socket.bind(port.switchPort, host);
    await listening;
    return socket;
  } catch (error) {
    socket.close();
    throw (error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? portInUse(port, error) : error;
  }
}
