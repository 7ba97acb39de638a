import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { labListingSchema } from '../../src-main/contract/labs.ts';
import type { TerminalEvent } from '../../src-main/contract/nodes.ts';
import { createIpvsCore } from '../../src-main/desk/ipvs.ts';
import { createNodesCore } from '../../src-main/desk/nodes.ts';
import { createLabContext } from '../../src-main/lab/create-lab-context.ts';
import { libvirtConnection } from '../../src-main/libvirt/connection.ts';
import { findMachineProcess } from '../../src-main/libvirt/machine-process.ts';
import { run } from '../../src-main/process/run.ts';
import { keepLab, recordOf, succeed, withNode } from '../support/kept-lab.ts';
import { leftovers } from '../support/leftovers.ts';
import { lvslab } from '../support/lvslab.ts';
import { testHome } from '../support/test-home.ts';

const lab = 'nodes';
const context = { ...createLabContext(), dataFolder: testHome };
const nodes = createNodesCore(context);
const { signal } = new AbortController();
/** Each question to a guest takes a second or so. */
const patient = { timeout: 60_000, interval: 200 };

beforeAll(() => keepLab(lab, ['--mode', 'dr']));

afterAll(async () => {
  await nodes.close();
  await succeed('rm', '--all');
  expect(await leftovers(testHome)).toEqual([]);
});

function stateOf(node: string) {
  return nodes.state(lab, node, signal);
}

/** SSH connections that a node has, its own asking among them. */
async function connectionsTo(node: string): Promise<number> {
  const { stdout } = await withNode(lab, node, (session) =>
    session.run('ss -Htn state established sport = :22'),
  );
  return stdout.trim().split('\n').length;
}

describe('the state of a node', () => {
  it('shows a real server of DR as the mode wants it', async () => {
    const state = await stateOf('rs1');
    const { vip } = (await recordOf(lab)).plan.service;
    for (const name of ['net.ipv4.conf.all.arp_ignore', 'net.ipv4.conf.eth0.arp_ignore'])
      expect(state.sysctls).toContainEqual({ name, value: '1', wanted: '1' });
    expect(state.sysctls).toContainEqual({ name: 'net.ipv4.ip_forward', value: '0', wanted: null });
    expect(state.addresses).toContain(`inet ${vip}/32 scope global lo`);
    expect(state.routes).toContain('10.10.0.0/24 dev eth0');
    expect(state.services).toContainEqual({ name: 'nginx', state: 'active' });
    expect(state.listening).toContain('0.0.0.0:80');
    expect(state.log).toContain('nginx');
    expect(state.ipvs).toBeNull();
  });

  it("shows the director's table", async () => {
    const { ipvs, sysctls, neighbours } = await stateOf('director');
    expect(ipvs).toMatch(/10\.10\.0\.11:80 +Route +1/);
    expect(sysctls).toContainEqual({
      name: 'net.ipv4.conf.all.send_redirects',
      value: '0',
      wanted: '0',
    });
    expect(sysctls.map(({ name }) => name)).toContain('net.ipv4.vs.conntrack');
    expect(neighbours).toContain('10.10.0.11');
  });

  it('is refused for a node that the lab has not', async () => {
    await expect(stateOf('rs9')).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a terminal', () => {
  it('types, resizes, changes the node, and ends with its shell', async () => {
    const before = await connectionsTo('rs1');
    const shell = nodes.terminal({ lab, node: 'rs1', columns: 90, rows: 30 }, signal);
    const id = await openedId(shell);
    const says = reader(shell);
    nodes.type(id, 'stty size\n');
    await says('30 90');
    nodes.resize(id, { columns: 120, rows: 40 });
    nodes.type(id, 'stty size; echo $TERM\n');
    await says('40 120');
    await says('xterm-256color');
    nodes.type(id, 'sysctl -w net.ipv4.conf.all.arp_ignore=0 && echo changed-$((6*7))\n');
    await says('changed-42');
    expect((await stateOf('rs1')).sysctls).toContainEqual({
      name: 'net.ipv4.conf.all.arp_ignore',
      value: '0',
      wanted: '1',
    });
    nodes.type(id, 'sysctl -w net.ipv4.conf.all.arp_ignore=1; exit\n');
    while (!(await shell.next()).done);
    expect(() => {
      nodes.type(id, 'x');
    }).toThrow(expect.objectContaining({ code: 'not-found' }));
    await expect.poll(() => connectionsTo('rs1'), patient).toBe(before);
  });

  it('drops nothing of a flood', async () => {
    const shell = nodes.terminal({ lab, node: 'client', columns: 80, rows: 24 }, signal);
    nodes.type(await openedId(shell), 'seq 50000; exit\n');
    let text = '';
    for await (const events of shell)
      for (const event of events) if (event.kind === 'data') text += event.text;
    expect(text.match(/^\d+\r$/gm)).toEqual(Array.from({ length: 50_000 }, (_, index) => `${index + 1}\r`));
  });

  it('goes on without a reader, and is hung up when it is closed, whatever runs on it', async () => {
    const before = await connectionsTo('rs2');
    const shell = nodes.terminal({ lab, node: 'rs2', columns: 80, rows: 24 }, signal);
    const id = await openedId(shell);
    nodes.type(id, 'sleep 1234\n');
    await reader(shell)('sleep 1234');
    await shell.return();
    const again = nodes.terminal({ lab, node: 'rs2', columns: 80, rows: 24, terminal: id }, signal);
    const [opened] = (await again.next()).value ?? [];
    expect(opened?.kind === 'opened' && opened.screen).toContain('sleep 1234');
    await nodes.hangUp(id);
    await expect.poll(() => connectionsTo('rs2'), patient).toBe(before);
    const left = () => withNode(lab, 'rs2', async (node) => (await node.run('pgrep -x sleep')).stdout);
    await expect.poll(left, patient).toBe('');
  });
});

describe('the door to the virtual service', () => {
  it('leads each new connection to the other server, and stays the same while open', async () => {
    const before = await connectionsTo('client');
    const { url } = await nodes.openVip(lab);
    expect((await nodes.openVip(lab)).url).toBe(url);
    const answers = [];
    for (let turn = 0; turn < 4; turn += 1) {
      const reply = await fetch(url, { headers: { connection: 'close' } });
      answers.push((await reply.text()).trim());
    }
    const [first, second] = answers;
    expect(new Set(answers)).toEqual(new Set(['rs1', 'rs2']));
    expect(answers).toEqual([first, second, first, second]);
    await nodes.closeVip(lab);
    await expect(fetch(url)).rejects.toThrow();
    await expect.poll(() => connectionsTo('client'), patient).toBe(before);
  });

  it('shows another server at a reload, though the client keeps its connections', async () => {
    const { url } = await nodes.openVip(lab);
    const answers = [];
    for (let turn = 0; turn < 4; turn += 1) {
      answers.push((await (await fetch(url)).text()).trim());
      await sleep(1000); // A person looks at the page.
    }
    expect(answers.slice(2)).toEqual(answers.slice(0, 2));
    expect(new Set(answers)).toEqual(new Set(['rs1', 'rs2']));
    await nodes.closeVip(lab);
  });
});

describe("the director's kernel", () => {
  it('is followed, and tells its schedulers', async () => {
    const core = createIpvsCore(context);
    const ending = new AbortController();
    const reads: Parameters<Parameters<typeof core.follow>[1]>[0][] = [];
    const hear = (read: (typeof reads)[number]) => {
      if (reads.push(read) === 2) ending.abort();
    };
    await core.follow(lab, hear, ending.signal);
    expect(reads.map(({ changes }) => changes !== null)).toEqual([false, true]);
    expect(reads[0]?.names).toEqual({ '10.10.0.11:80': 'rs1', '10.10.0.12:80': 'rs2' });
    expect((await core.schedulers(lab)).map(({ name }) => name)).toContain('wlc');
  });
});

describe('a machine that is paused', () => {
  const { uri, env } = libvirtConnection();
  const virsh = (...args: string[]) => run('virsh', ['--quiet', '--connect', uri, ...args], { env });
  const domainOf = async (name: string) =>
    (await recordOf(lab)).plan.nodes.find((node) => node.name === name)?.domain ?? '';
  const listed = async () => {
    const { labs } = z
      .object({ labs: z.array(labListingSchema) })
      .parse(JSON.parse(await succeed('ls', '--json')));
    return labs.find(({ name }) => name === lab);
  };

  it('is told by name and reason, and nothing waits for it', { timeout: 300_000 }, async () => {
    await virsh('suspend', await domainOf('rs1'));
    const found = await listed();
    expect(found).toMatchObject({ state: 'degraded', nodesRunning: 3 });
    expect(found?.machines).toContainEqual({ node: 'rs1', state: 'paused', reason: 'user', known: true });
    for (const verb of [['verify'], ['drift'], ['mode', 'nat'], ['suspend'], ['health', '--server', 'rs1']]) {
      const [name = '', ...rest] = verb;
      const { code, stderr } = await lvslab([name, lab, ...rest]);
      expect(stderr, name).toContain('while rs1 is paused (user)');
      expect(stderr, name).toContain(`lvslab start ${lab} rs1`);
      expect(code, name).toBe(2);
    }
    await expect(stateOf('rs1')).rejects.toMatchObject({
      code: 'guest-unreachable',
      message: 'rs1 does not answer: it is paused (user).',
    });
    expect((await recordOf(lab)).state).toBe('ready');
  });

  it('goes on by start, with its clock set', async () => {
    await withNode(lab, 'rs2', (node) => node.run('date -s @1000000000'));
    await virsh('suspend', await domainOf('rs2'));
    await succeed('start', lab, 'rs1');
    await succeed('resume', lab);
    const { stdout } = await withNode(lab, 'rs2', (node) => node.run('date +%s'));
    expect(Math.abs(Date.now() / 1000 - Number(stdout))).toBeLessThan(60);
    expect(await listed()).toMatchObject({ state: 'ready', nodesRunning: 4 });
  });

  it('is told too when a signal stopped its process, and goes on', async () => {
    const { uuid } = (await recordOf(lab)).plan.nodes.find(({ name }) => name === 'rs2')!;
    process.kill((await findMachineProcess(uuid))!.pid, 'SIGSTOP');
    expect((await listed())?.machines).toContainEqual({
      ...{ node: 'rs2', state: 'paused', reason: 'stopped by a signal', known: true },
    });
    await succeed('start', lab, 'rs2');
    expect(await listed()).toMatchObject({ state: 'ready', nodesRunning: 4 });
  });

  it('has its disk kept while a process of others holds it', async () => {
    const disk = path.join(testHome, 'labs', lab, 'rs1', 'disk.qcow2');
    const handle = openSync(disk, 'r');
    const holder = spawn('sleep', ['600'], { stdio: [handle, 'ignore', 'ignore'] });
    closeSync(handle);
    const { code, stderr } = await lvslab(['rm', lab]);
    holder.kill('SIGKILL');
    expect(stderr).toContain(`Process ${holder.pid} (sleep) holds ${disk}`);
    expect(code).toBe(1);
    expect(existsSync(disk)).toBe(true);
    expect(await listed()).toMatchObject({ state: 'ready', nodesRunning: 4 });
  });
});

describe('a lab that is gone', () => {
  it('ends its terminals with an error, and its door', { timeout: 120_000 }, async () => {
    const { url } = await nodes.openVip(lab);
    const shell = nodes.terminal({ lab, node: 'rs1', columns: 80, rows: 24 }, signal);
    await openedId(shell);
    const ended = (async () => {
      while (!(await shell.next()).done);
    })();
    const outcome = expect(ended).rejects.toMatchObject({ code: 'guest-unreachable' });
    await succeed('rm', lab);
    await outcome;
    const closed = () =>
      fetch(url).then(
        () => '',
        (error: unknown) => (error as { cause?: { code?: string } }).cause?.code,
      );
    await expect.poll(closed, patient).toBe('ECONNREFUSED');
  });
});

async function openedId(shell: AsyncGenerator<TerminalEvent[], void>): Promise<string> {
  const { value } = await shell.next();
  const [first] = value ?? [];
  if (first?.kind !== 'opened') throw new Error('not opened');
  return first.id;
}

/** Reads on until the shell has said something since the last time it was asked. */
function reader(shell: AsyncGenerator<TerminalEvent[], void>): (words: string) => Promise<void> {
  let text = '';
  return async (words) => {
    while (!text.includes(words)) {
      const { done, value } = await shell.next();
      if (done) throw new Error(`ended without '${words}': ${text}`);
      for (const event of value) if (event.kind === 'data') text += event.text;
    }
    text = text.slice(text.indexOf(words) + words.length);
  };
}
