import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  defaultPortRange,
  findFreePorts,
  isFree,
  parsePortRange,
  usualPortRange,
} from '../../../src-main/lab/ports.ts';

async function boundTcpPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function boundUdpPort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  onTestFinished(() => void socket.close());
  await once(socket, 'listening');
  return socket.address().port;
}

describe('isFree', () => {
  it('sees a port that is bound for TCP or for UDP', async () => {
    expect(await isFree(await boundTcpPort())).toBe(false);
    expect(await isFree(await boundUdpPort())).toBe(false);
  });
});

describe('findFreePorts', () => {
  it('gives distinct ports of the range, none of them taken', async () => {
    const taken = new Set([20001, 20003]);
    const ports = await findFreePorts(6, { first: 20000, last: 20040 }, taken);
    expect(new Set(ports).size).toBe(6);
    for (const port of ports) {
      expect(port).toBeGreaterThanOrEqual(20000);
      expect(port).toBeLessThanOrEqual(20040);
      expect(taken.has(port)).toBe(false);
    }
  });

  it('says how many are free when the range has too few', async () => {
    const port = await boundTcpPort();
    await expect(findFreePorts(1, { first: port, last: port }, new Set())).rejects.toMatchObject({
      code: 'port-in-use',
      details: { why: expect.stringContaining(`Of ${port}-${port} only 0 are free`) as string },
    });
  });
});

describe('parsePortRange', () => {
  it('reads a range', () => {
    expect(parsePortRange('21000-21099')).toEqual({ first: 21000, last: 21099 });
  });

  it.each(['', '21000', '21099-21000', '80-90', '21000-70000', 'a-b', '1-2-3'])('refuses %j', (text) => {
    expect(() => parsePortRange(text)).toThrow('not a range of ports');
  });
});

describe('usualPortRange', () => {
  it('is what LVSLAB_PORTS says, and ours where that is not set', () => {
    expect(usualPortRange({ LVSLAB_PORTS: '21000-21999' })).toEqual({ first: 21000, last: 21999 });
    expect(usualPortRange({})).toEqual(defaultPortRange);
    expect(() => usualPortRange({ LVSLAB_PORTS: 'many' })).toThrow(
      "LVSLAB_PORTS='many' is not a range of ports",
    );
  });
});
