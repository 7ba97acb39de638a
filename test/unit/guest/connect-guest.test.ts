import { connect, createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { connectGuest, connectWhenNeeded } from '../../../src-main/guest/connect-guest.ts';
import { generateSshKeyPair } from '../../../src-main/image/ssh-keys.ts';
import { startSshServer } from './ssh-server.ts';

describe('connectWhenNeeded', () => {
  it('logs in for the first command, and once', async () => {
    const server = await startSshServer();
    const session = await connectWhenNeeded({ ...server.address, goesOn: true });
    expect(server.logins()).toBe(0);
    const results = await Promise.all([session.run('echo one'), session.run('echo two')]);
    expect(results.map(({ stdout }) => stdout)).toEqual(['one\n', 'two\n']);
    expect(server.logins()).toBe(1);
    await session.close();
  });

  it('ends without having logged in', async () => {
    const server = await startSshServer();
    const session = await connectWhenNeeded(server.address);
    await session.close();
    expect(server.logins()).toBe(0);
  });
});

describe('connectGuest', () => {
  it('opens a session and tells each probe in turn', async () => {
    const { address } = await startSshServer();
    const probes: string[] = [];
    const session = await connectGuest({ ...address, onProbe: ({ id }) => probes.push(id) });
    expect(probes).toEqual(['ssh-banner', 'ssh-login', 'command']);
    expect(await session.run('echo hello')).toEqual({ exitCode: 0, stdout: 'hello\n', stderr: '' });
    await session.close();
  });

  it('refuses another host key at once, and does not log in', async () => {
    const server = await startSshServer();
    const hostKey = generateSshKeyPair('another').publicKey;
    await expect(connectGuest({ ...server.address, hostKey })).rejects.toMatchObject({
      code: 'host-key-mismatch',
      details: { node: 'rs1', remedy: expect.stringContaining('ss -ltnp') as string },
    });
    expect(server.logins()).toBe(0);
  });

  it('refuses what is no host key', async () => {
    const { address } = await startSshServer();
    await expect(connectGuest({ ...address, hostKey: 'ssh-ed25519 AAAA' })).rejects.toMatchObject({
      code: 'bad-input',
    });
  });

  it('passes over connections that are reset or closed before the banner', async () => {
    const server = await startSshServer({
      admit(socket, nth) {
        if (nth === 1) socket.resetAndDestroy();
        if (nth === 2) socket.end();
        return nth > 2;
      },
    });
    const session = await connectGuest(server.address);
    expect(server.logins()).toBe(1);
    await session.close();
  });

  it('opens another connection beside one that stays silent', async () => {
    // As QEMU's user network does while the guest has no network.
    const server = await startSshServer({ admit: (_socket, nth) => nth > 1 });
    const session = await connectGuest(server.address);
    expect((await session.run('true')).exitCode).toBe(0);
    await session.close();
  });

  it('goes on with a connection whose banner comes late', async () => {
    const server = await startSshServer({ admit: () => true });
    let connections = 0;
    // A relay that holds the server's first words back.
    const relay = createServer((socket) => {
      connections += 1;
      const upstream = connect(server.address.port, '127.0.0.1').on('error', () => undefined);
      socket.on('error', () => undefined).on('close', () => upstream.destroy());
      socket.pipe(upstream);
      setTimeout(() => upstream.pipe(socket), 200);
    });
    await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
    const { port } = relay.address() as { port: number };
    const session = await connectGuest({ ...server.address, port });
    expect(connections).toBe(1);
    expect(server.logins()).toBe(1);
    await session.close();
    relay.close();
  });

  it('tries the login again when the guest first refuses it', async () => {
    const server = await startSshServer({ allowLogin: (nth) => nth > 1 });
    const session = await connectGuest(server.address);
    expect(server.logins()).toBe(1);
    await session.close();
  });

  it('names the probe that was waited for when the time is up', async () => {
    const silent = await startSshServer({ admit: () => false });
    await expect(connectGuest({ ...silent.address, timeout: 100 })).rejects.toMatchObject({
      code: 'guest-unreachable',
      details: { node: 'rs1', step: 'ssh-banner', remedy: expect.stringContaining('console') as string },
    });
    const locked = await startSshServer({ allowLogin: () => false });
    await expect(connectGuest({ ...locked.address, timeout: 600 })).rejects.toMatchObject({
      code: 'guest-unreachable',
      details: { step: 'ssh-login', why: expect.stringContaining('authentication') as string },
    });
  });

  it('is cancelled by its signal', async () => {
    const { address } = await startSshServer({ admit: () => false });
    const controller = new AbortController();
    const connecting = connectGuest({
      ...address,
      signal: controller.signal,
      onProbe: () => {
        setImmediate(() => {
          controller.abort();
        });
      },
    });
    await expect(connecting).rejects.toMatchObject({ code: 'cancelled' });
  });
});
