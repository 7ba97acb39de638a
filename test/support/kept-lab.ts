import { expect } from 'vitest';
import type { GuestSession } from '../../src-main/guest/guest-session.ts';
import { readRecord, type LabRecord } from '../../src-main/lab/lab-record.ts';
import { nodeAccess } from '../../src-main/lab/running-lab.ts';
import { connectNode } from './connect-node.ts';
import { lvslab } from './lvslab.ts';
import { testHome } from './test-home.ts';

/** Starts a lab that goes on in a process of its own. */
export async function keepLab(name: string, args: readonly string[] = []): Promise<void> {
  const { code, stderr } = await lvslab([
    ...['run', 'three-modes', '--name', name, '--requests', '2', '--keep', '--json'],
    ...args,
  ]);
  expect(code, stderr).toBe(0);
}

/** Calls `lvslab` and expects it to succeed. */
export async function succeed(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await lvslab(args);
  expect(code, stderr).toBe(0);
  return stdout;
}

export function recordOf(name: string): Promise<LabRecord> {
  return readRecord(testHome, name);
}

/** What `lvslab ls` says of a lab; undefined when it is gone. */
export async function stateOf(name: string): Promise<string | undefined> {
  const { labs } = JSON.parse(await succeed('ls', '--json')) as { labs: { name: string; state: string }[] };
  return labs.find((lab) => lab.name === name)?.state;
}

/** Uses a session with one node, as anyone who has the lab's record could. */
export async function withNode<T>(
  lab: string,
  node: string,
  use: (session: GuestSession) => Promise<T>,
): Promise<T> {
  const access = nodeAccess(await recordOf(lab)).find(({ name }) => name === node);
  if (!access) throw new Error(`no node ${node}`);
  const session = await connectNode(access);
  try {
    return await use(session);
  } finally {
    await session.close();
  }
}

/** Who answers ten requests from the client, in order: rr shares them out in turn. */
export async function expectAlternation(lab: string): Promise<void> {
  const { vip } = (await recordOf(lab)).plan.service;
  const { stdout } = await withNode(lab, 'client', (client) =>
    client.run(`curl -s -m 5 -H 'Connection: close' 'http://${vip}/?[1-10]'`),
  );
  const servers = stdout.trim().split('\n');
  expect(servers).toHaveLength(10);
  expect(new Set(servers)).toEqual(new Set(['rs1', 'rs2']));
  for (const [index, server] of servers.entries()) expect(server).toBe(servers[index % 2]);
}
