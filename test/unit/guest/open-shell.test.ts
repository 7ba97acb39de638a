import { expect, it, vi } from 'vitest';
import { openShell } from '../../../src-main/guest/open-shell.ts';
import { startSshServer } from './ssh-server.ts';

async function open() {
  const server = await startSshServer();
  const shell = await openShell(server.address, { columns: 90, rows: 30 });
  const heard = { text: '', end: undefined as boolean | undefined };
  const listen = () => {
    shell.listen(
      (piece) => (heard.text += piece.toString()),
      (shellEnded) => (heard.end = shellEnded),
    );
  };
  return { server, shell, heard, listen };
}

it('is sized, takes what is typed, tells what the shell writes, and its end', async () => {
  const { server, shell, heard, listen } = await open();
  listen();
  shell.resize({ columns: 120, rows: 40 });
  shell.write('echo $((6*7))\nexit\n');
  await vi.waitFor(() => {
    expect(heard).toEqual({ text: '42\n', end: true });
  });
  expect(server.sizes).toEqual(['90x30', '120x40']);
  shell.write('too late\n');
  shell.resize({ columns: 80, rows: 24 });
  await shell.close();
});

it('keeps what came, and the end, for who listens later', async () => {
  const { server, shell, heard, listen } = await open();
  shell.write('echo early; exit\n');
  await vi.waitFor(() => {
    expect(server.sizes).toHaveLength(1);
  });
  listen();
  await vi.waitFor(() => {
    expect(heard).toEqual({ text: 'early\n', end: true });
  });
  await shell.close();
});

it('tells a connection that broke from a shell that ended', async () => {
  const { server, shell, heard, listen } = await open();
  listen();
  server.cut();
  await vi.waitFor(() => {
    expect(heard.end).toBe(false);
  });
  await shell.close();
});

it('closes its connection, more than once without harm', async () => {
  const { server, shell } = await open();
  await Promise.all([shell.close(), shell.close()]);
  await vi.waitFor(() => {
    expect(server.connections()).toBe(0);
  });
});
