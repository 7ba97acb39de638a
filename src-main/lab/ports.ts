import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { LabError } from '../contract/lab-error.ts';

/** Ports of 127.0.0.1, both ends included. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** Below the range Linux takes outgoing ports from (ip_local_port_range: 32768 and up), above the well-known ones. */
export const defaultPortRange: PortRange = { first: 20000, last: 32000 };

/**
 * Where new labs take their ports from: LVSLAB_PORTS where it is set, so that two data folders of one host keep apart.
 * @throws LabError `bad-input` as `parsePortRange` does.
 */
export function usualPortRange(env: NodeJS.ProcessEnv = process.env): PortRange {
  const own = env['LVSLAB_PORTS'];
  return own ? parsePortRange(own, `LVSLAB_PORTS='${own}'`) : defaultPortRange;
}

/**
 * @param given What is called wrong where it is.
 * @throws LabError `bad-input` when the text is not of the form 21000-21099.
 */
export function parsePortRange(text: string, given = `'${text}'`): PortRange {
  const match = /^(\d{1,5})-(\d{1,5})$/.exec(text);
  const [first, last] = [Number(match?.[1]), Number(match?.[2])];
  if (!match || first < 1024 || last > 65535 || first > last) {
    throw new LabError('bad-input', `${given} is not a range of ports.`, {
      remedy: 'Give two ports from 1024 to 65535 with a dash between, such as 21000-21099.',
    });
  }
  return { first, last };
}

/**
 * Finds ports that are free for TCP and for UDP on 127.0.0.1. It begins at a random place, so that labs started at
 * the same time seldom meet; where they do, the one that comes second is told so when it binds.
 * @param taken Ports that belong to labs, whether these run or not.
 * @throws LabError `port-in-use` when the range does not hold that many free ones.
 */
export async function findFreePorts(
  count: number,
  range: PortRange,
  taken: ReadonlySet<number>,
): Promise<number[]> {
  const size = range.last - range.first + 1;
  const start = Math.floor(Math.random() * size);
  const free: number[] = [];
  for (let step = 0; step < size && free.length < count; step++) {
    const port = range.first + ((start + step) % size);
    if (!taken.has(port) && (await isFree(port))) free.push(port);
  }
  if (free.length === count) return free;
  throw new LabError('port-in-use', `The lab needs ${count} free ports on 127.0.0.1.`, {
    why: `Of ${range.first}-${range.last} only ${free.length} are free; other programs or labs use the others.`,
    remedy: "Give a wider range with --ports, or end labs you no longer need ('lvslab ls', 'lvslab rm').",
  });
}

/** Whether a port of 127.0.0.1 can be bound, for TCP and for UDP. */
export async function isFree(port: number): Promise<boolean> {
  return (await canListen(port)) && (await canBind(port));
}

function canListen(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => {
      resolve(false);
    });
    server.listen({ port, host: '127.0.0.1' }, () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}

function canBind(port: number): Promise<boolean> {
  const socket = createSocket('udp4');
  return new Promise((resolve) => {
    socket.once('error', () => {
      socket.close();
      resolve(false);
    });
    socket.bind({ port, address: '127.0.0.1', exclusive: true }, () => {
      socket.close(() => {
        resolve(true);
      });
    });
  });
}
