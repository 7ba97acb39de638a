import { createServer } from 'node:http';
import { mkdir } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { TerminalEvent } from '../../../src-main/contract/nodes.ts';
import { createNodesCore } from '../../../src-main/desk/nodes.ts';
import { libvirtConnection } from '../../../src-main/libvirt/connection.ts';
import type { ByHandNotes } from '../../../src-main/lab/by-hand.ts';
import { labFolder, writeRecord, type LabRecord } from '../../../src-main/lab/lab-record.ts';
import { journalFolder } from '../../../src-main/lab/journal-files.ts';
import { readTyped } from '../../../src-main/lab/journal-typed.ts';
import { defaultPortRange } from '../../../src-main/lab/ports.ts';
import { embeddedGuest, type NodePlan, type VirtualService } from '../../../src-main/plan/lab-plan.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { startSshServer } from '../guest/ssh-server.ts';

const size = { columns: 80, rows: 24 };
const { signal } = new AbortController();

/** A lab `one` in its record alone, whose nodes are all one SSH server; its service is a web server here. */
async function startCore(change: Partial<LabRecord> = {}, realTerminals = false) {
  const server = await startSshServer({ realTerminals });
  const web = createServer((_request, response) => response.end('rs1\n'));
  await new Promise<void>((resolve) => void web.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void web.close());
  const dataFolder = temporaryFolder();
  await mkdir(labFolder(dataFolder, 'one'), { recursive: true });
  const { hostKey, privateKeyPath: keyPath, port: sshPort, user } = server.address;
  const node = (name: string, role: NodePlan['role']): NodePlan => ({
    ...{ name, role, sshPort, uuid: name, domain: name, memoryMiB: 1, weight: 1, nics: [] },
    thresholds: { upper: 0, lower: 0 },
  });
  const service: VirtualService = {
    ...{ vip: '127.0.0.1', port: (web.address() as AddressInfo).port, protocol: 'tcp', scheduler: 'rr' },
    ...{ persistentSeconds: null, netmask: null, schedulerFlags: [], timeouts: null },
  };
  await writeRecord(dataFolder, {
    ...{ revision: 2, state: 'ready', verb: null, failure: null, image: '', warm: [], createdAt: '' },
    plan: {
      ...{ name: 'one', id: '', template: 'three-modes', mode: 'dr', options: {}, segments: [], service },
      guest: embeddedGuest,
      nodes: [node('rs1', 'real-server'), node('client', 'client')],
    },
    owner: { pid: 1, startTime: '1' },
    access: { user, keyPath },
    hostKeys: { rs1: hostKey, client: hostKey },
    ...{ applied: [], impairments: {} },
    ...change,
  });
  const connection = libvirtConnection();
  const templatesFolder = path.resolve('lab-templates');
  const context = { dataFolder, templatesFolder, connection, portRange: defaultPortRange };
  const typed = vi.fn<ByHandNotes['typed']>(() => Promise.resolve());
  const core = createNodesCore(context, { typed, tableChanged: () => Promise.resolve() });
  onTestFinished(() => core.close());
  const noneLeft = () =>
    vi.waitFor(() => {
      expect(server.connections()).toBe(0);
    });
  return { core, server, noneLeft, dataFolder, typed };
}

async function openedId(shell: AsyncGenerator<TerminalEvent[], void>): Promise<string> {
  const [event] = (await shell.next()).value ?? [];
  if (event?.kind !== 'opened') throw new Error('not opened');
  return event.id;
}

async function rest(shell: AsyncGenerator<TerminalEvent[], void>): Promise<string> {
  let text = '';
  for await (const events of shell) for (const event of events) if (event.kind === 'data') text += event.text;
  return text;
}

describe('terminals', () => {
  it('are several at once, each with what was typed into it', async () => {
    const { core, server, noneLeft } = await startCore();
    const shells = ['rs1', 'client'].map((node) => core.terminal({ lab: 'one', node, ...size }, signal));
    const ids = await Promise.all(shells.map(openedId));
    for (const [index, id] of ids.entries()) core.type(id, `echo ${index}\nexit\n`);
    expect(await Promise.all(shells.map(rest))).toEqual(['0\n', '1\n']);
    expect(server.sizes).toEqual(['80x24', '80x24']);
    expect(() => {
      core.type(ids[0] ?? '', 'x');
    }).toThrow(expect.objectContaining({ code: 'not-found' }));
    expect(() => {
      core.resize('no such', size);
    }).toThrow(expect.objectContaining({ code: 'not-found' }));
    await noneLeft();
  });

  it('keep with the lab what was typed, as bash tells it, and nothing of what was not echoed', async () => {
    const { core, dataFolder } = await startCore({}, true);
    await mkdir(journalFolder(dataFolder, 'one'), { recursive: true });
    const shell = core.terminal({ lab: 'one', node: 'rs1', ...size }, signal);
    const id = await openedId(shell);
    let seen = '';
    const reading = (async () => {
      for await (const events of shell)
        for (const event of events) if (event.kind === 'data') seen += event.text;
    })();
    const answer = async (line: string, words: RegExp) => {
      core.type(id, `${line}\n`);
      await vi.waitFor(
        () => {
          expect(seen).toMatch(words);
        },
        { timeout: 5000 },
      );
    };
    await answer('echo ready$((1))', /ready1/);
    await answer('false', /false/);
    await answer('echo status=$?', /status=1/);
    await answer('read -rsp "secret? " word; echo "letters ${#word}"', /secret\? (?!")/);
    await delay(300); // Until it has taken the echo away.
    await answer('hunter2', /letters 7/);
    core.type(id, 'for i in 1 2\n');
    await answer('do echo "n$i"; done', /n2/);
    await answer('\u001b[A', /n2.*n2/s); // What the history has is told as it is run.
    core.type(id, 'exit\n');
    await reading;
    expect(seen).not.toContain('7791');
    await vi.waitFor(async () => {
      const typed = await readTyped(dataFolder, 'one');
      expect(typed.map(({ line }) => line)).toEqual([
        ...['echo ready$((1))', 'false', 'echo status=$?'],
        'read -rsp "secret? " word; echo "letters ${#word}"',
        ...['for i in 1 2; do echo "n$i"; done', 'for i in 1 2; do echo "n$i"; done', 'exit'],
      ]);
      expect(new Set(typed.map(({ node }) => node))).toEqual(new Set(['rs1']));
    });
  });

  it('tell of lines that may have changed something, and of no other Enter', async () => {
    const { core, typed } = await startCore({}, true);
    const shell = core.terminal({ lab: 'one', node: 'rs1', ...size }, signal);
    const id = await openedId(shell);
    const reading = rest(shell);
    core.type(id, '\n\ncat /dev/null\nread word\n');
    await vi.waitFor(
      () => {
        expect(typed.mock.calls).toEqual([['one', 'rs1']]);
      },
      { timeout: 5000 },
    );
    core.type(id, 'what a program reads\n\nls -d / | cat\nexit\n');
    await reading;
    expect(typed).toHaveBeenCalledTimes(1);
  });

  it('go on when the reader leaves, and show a later one what was written', async () => {
    const { core, server, noneLeft } = await startCore();
    const shell = core.terminal({ lab: 'one', node: 'rs1', ...size }, signal);
    const id = await openedId(shell);
    core.type(id, 'echo kept\n');
    expect((await shell.next()).value).toEqual([{ kind: 'data', text: 'kept\n' }]);
    core.resize(id, { columns: 90, rows: 30 });
    const waiting = shell.next();
    await shell.return();
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(server.connections()).toBe(1);
    expect(core.terminals('one')).toEqual([{ id, node: 'rs1' }]);
    expect(core.terminals('two')).toEqual([]);

    const ask = { lab: 'one', node: 'rs1', ...size, terminal: id };
    const [first, second] = [core.terminal(ask, signal), core.terminal(ask, signal)];
    const opened = [{ kind: 'opened', id, screen: 'kept\n', columns: 90, rows: 30 }];
    expect((await first.next()).value).toEqual(opened);
    expect((await second.next()).value).toEqual(opened);
    await second.return();
    core.type(id, 'echo more\nexit\n');
    expect(await rest(first), 'one page leaves, the other keeps its shell').toBe('more\n');
    expect(core.terminals('one')).toEqual([]);
    await expect(core.terminal(ask, signal).next()).rejects.toMatchObject({ code: 'not-found' });
    await noneLeft();
  });

  it('end when they are hung up, without an error for who looks on', async () => {
    const { core, noneLeft } = await startCore();
    const shell = core.terminal({ lab: 'one', node: 'rs1', ...size }, signal);
    const id = await openedId(shell);
    const text = rest(shell);
    await core.hangUp(id);
    expect(await text).toBe('');
    expect(core.terminals('one')).toEqual([]);
    await core.hangUp(id);
    await noneLeft();
  });

  it('leave nothing behind where the reader leaves during the login', async () => {
    const { core, noneLeft } = await startCore();
    const leaving = new AbortController();
    const shell = core.terminal({ lab: 'one', node: 'rs1', ...size }, leaving.signal);
    const first = shell.next().catch(() => undefined);
    leaving.abort();
    await first;
    await noneLeft();
    expect(core.terminals('one')).toEqual([]);
  });

  it('say so when the connection breaks', async () => {
    const { core, server } = await startCore();
    const shell = core.terminal({ lab: 'one', node: 'rs1', ...size }, signal);
    await openedId(shell);
    const text = rest(shell);
    server.cut();
    await expect(text).rejects.toMatchObject({ code: 'guest-unreachable', details: { node: 'rs1' } });
  });

  it('are refused on a node that is not there, and in a lab that does not run', async () => {
    const { core } = await startCore({ state: 'suspended' });
    const open = (node: string) => core.terminal({ lab: 'one', node, ...size }, signal).next();
    await expect(open('rs9')).rejects.toMatchObject({
      code: 'not-found',
      details: { remedy: 'Its nodes: rs1, client.' },
    });
    await expect(open('rs1')).rejects.toMatchObject({ code: 'bad-input' });
  });
});

describe('the door', () => {
  it('is the same while it is open, leads to the service, and is closed', async () => {
    const { core, server, noneLeft } = await startCore();
    const [{ url, lab }, again] = await Promise.all([core.openVip('one'), core.openVip('one')]);
    expect({ url, lab }).toEqual(again);
    expect(await (await fetch(url)).text()).toBe('rs1\n');
    expect(server.logins()).toBe(1);
    await core.closeVip('one');
    await core.closeVip('one');
    await expect(fetch(url)).rejects.toThrow();
    await noneLeft();
  });

  it('makes its way anew when that broke', async () => {
    const { core, server } = await startCore();
    const { url } = await core.openVip('one');
    server.cut();
    // A browser that asks before the break is noticed is refused, and asks again.
    await vi.waitFor(async () => {
      expect(await (await fetch(url)).text()).toBe('rs1\n');
    });
    expect(server.logins()).toBe(2);
    await core.closeVip('one');
  });

  it('ends with everything else', async () => {
    const { core, noneLeft } = await startCore();
    const { url } = await core.openVip('one');
    const shell = core.terminal({ lab: 'one', node: 'rs1', ...size }, signal);
    await openedId(shell);
    await core.close();
    await expect(fetch(url)).rejects.toThrow();
    await noneLeft();
  });
});
