import { describe, expect, it, vi } from 'vitest';
import { connectGuest } from '../../../src-main/guest/connect-guest.ts';
import { startSshServer } from './ssh-server.ts';

async function open() {
  const server = await startSshServer();
  return { server, session: await connectGuest(server.address) };
}

describe('a guest session', () => {
  it('tells exit code, both outputs and a signal', async () => {
    const { session } = await open();
    expect(await session.run('echo out; echo err >&2; exit 3')).toEqual({
      exitCode: 3,
      stdout: 'out\n',
      stderr: 'err\n',
    });
    expect((await session.run('kill -9 $$')).exitCode).toBe(137);
    await session.close();
  });

  it('gives a command its input, and the end of file without', async () => {
    const { session } = await open();
    expect((await session.run('cat', { input: 'a\nb' })).stdout).toBe('a\nb');
    expect((await session.run('cat')).stdout).toBe('');
    await session.close();
  });

  it('streams long output whole', async () => {
    const { session } = await open();
    let [bytes, last] = [0, ''];
    const { exitCode } = await session.stream('seq 300000', {
      onStdout(piece) {
        bytes += piece.length;
        last = (last + piece.toString()).slice(-7);
      },
    });
    expect({ exitCode, bytes, last }).toEqual({ exitCode: 0, bytes: 1_988_895, last: '300000\n' });
    await session.close();
  });

  it('gives up at its limit, or when it is cancelled, what a halted guest never starts', async () => {
    const { server, session } = await open();
    server.halt();
    const [limited, cancelled] = [session.run('true', { timeout: 100 }), new AbortController()];
    const other = session.run('true', { signal: cancelled.signal });
    cancelled.abort();
    await expect(other).rejects.toMatchObject({ code: 'cancelled' });
    await expect(limited).rejects.toMatchObject({
      code: 'guest-command-failed',
      message: 'A command on node rs1 took longer than 0.1 s.',
    });
    server.cut();
    await session.close();
  });

  it('runs no more than eight commands at once', async () => {
    const { server, session } = await open();
    const commands = Array.from({ length: 20 }, (_, i) => session.run(`sleep 0.05; echo ${i}`));
    const results = await Promise.all(commands);
    expect(results.map(({ stdout }) => Number(stdout))).toEqual(Array.from({ length: 20 }, (_, i) => i));
    expect(server.mostRunning()).toBe(8);
    await session.close();
  });

  it('ends a cancelled command and its children in the guest', async () => {
    const { server, session } = await open();
    const controller = new AbortController();
    const running = session.stream('sleep 60 & echo started; sleep 60; wait', {
      signal: controller.signal,
      onStdout: () => {
        controller.abort();
      },
    });
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    // The test server's own outputs close only when no process of the command holds them any more.
    await vi.waitFor(() => {
      expect(server.running.size).toBe(0);
    });
    await session.close();
  });

  it('kills a command that does not end when asked', { timeout: 15_000 }, async () => {
    const { server, session } = await open();
    const controller = new AbortController();
    const running = session.stream("trap '' TERM; echo started; while :; do sleep 1; done", {
      signal: controller.signal,
      onStdout: () => {
        controller.abort();
      },
    });
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    await vi.waitFor(() => {
      expect(server.running.size).toBe(0);
    });
    await session.close();
  });

  it('never starts a command that is cancelled while it waits its turn', async () => {
    const { server, session } = await open();
    const blockers = Array.from({ length: 8 }, () => session.run('sleep 0.2'));
    const controller = new AbortController();
    const waiting = session.run('echo never', { signal: controller.signal });
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    await Promise.all(blockers);
    expect(server.mostRunning()).toBe(8);
    expect((await session.run('echo next')).stdout).toBe('next\n');
    await session.close();
  });

  it('ends a command that takes longer than its time-out', async () => {
    const { server, session } = await open();
    await expect(session.run('sleep 60', { timeout: 100 })).rejects.toMatchObject({
      code: 'guest-command-failed',
      message: 'A command on node rs1 took longer than 0.1 s.',
    });
    await vi.waitFor(() => {
      expect(server.running.size).toBe(0);
    });
    await session.close();
  });

  it('fails what is under way when the connection breaks, and connects anew for the next command', async () => {
    const { server, session } = await open();
    const running = session.stream('echo started; sleep 60', {
      onStdout: () => {
        server.cut();
      },
    });
    await expect(running).rejects.toMatchObject({ code: 'guest-unreachable', details: { node: 'rs1' } });
    const results = await Promise.all([session.run('echo back'), session.run('echo again')]);
    expect(results.map(({ stdout }) => stdout)).toEqual(['back\n', 'again\n']);
    expect(server.logins()).toBe(2);
    await session.close();
  });

  it('says so when the node is gone for good', async () => {
    const server = await startSshServer();
    const session = await connectGuest({ ...server.address, reconnectTimeout: 200 });
    const running = session.stream('echo started; sleep 60', {
      onStdout: () => {
        server.refuse();
      },
    });
    await expect(running).rejects.toMatchObject({ code: 'guest-unreachable' });
    await expect(session.run('true')).rejects.toMatchObject({
      code: 'guest-unreachable',
      details: { step: 'ssh-banner' },
    });
    await session.close();
  });

  it('takes no command once closed', async () => {
    const { session } = await open();
    await session.close();
    await session.close();
    await expect(session.run('true')).rejects.toMatchObject({ code: 'guest-unreachable' });
  });
});
