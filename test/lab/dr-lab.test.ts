import { statSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { labResultSchema, type LabResult } from '../../src-main/contract/lab-result.ts';
import type { GuestSession } from '../../src-main/guest/guest-session.ts';
import { createLabContext } from '../../src-main/lab/create-lab-context.ts';
import { readRecord } from '../../src-main/lab/lab-record.ts';
import { applyRecipe } from '../../src-main/lab/apply-recipe.ts';
import { undoRecipe } from '../../src-main/lab/undo-recipe.ts';
import { modeOf } from '../../src-main/plan/plan-lab.ts';
import { planRecipe } from '../../src-main/plan/plan-recipe.ts';
import { loadTemplate } from '../../src-main/template/load-template.ts';
import { connectNode } from '../support/connect-node.ts';
import { leftovers } from '../support/leftovers.ts';
import { lvslab } from '../support/lvslab.ts';
import { scratchFolder } from '../support/scratch-folder.ts';
import { testHome } from '../support/test-home.ts';
import { tsharkFields } from '../support/tshark.ts';

const requests = 100;
const scratch = scratchFolder();
const pcap = path.join(scratch.path, 'lab.pcapng');
const nodes = new Map<string, GuestSession>();
let result: LabResult;

function node(name: string): GuestSession {
  return nodes.get(name)!;
}

function macOf(name: string): string {
  return result.nodes.find((each) => each.name === name)!.nics[0]!.mac;
}

beforeAll(async () => {
  const args = ['run', 'three-modes', '--mode', 'dr', '--requests', String(requests)];
  const { stdout, stderr, code } = await lvslab([...args, '--pcap', pcap, '--keep', '--json']);
  expect(code, stderr).toBe(0);
  result = labResultSchema.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
  await Promise.all(result.nodes.map(async (access) => nodes.set(access.name, await connectNode(access))));
});

afterAll(async () => {
  await Promise.all([...nodes.values()].map((session) => session.close()));
  const { code, stderr } = await lvslab(['rm', result.lab]);
  expect(code, stderr).toBe(0);
  expect(await leftovers(testHome)).toEqual([]);
  scratch.remove();
});

describe('a DR lab of real machines', () => {
  it('shares 100 requests 50 to 50, in strict alternation', () => {
    expect(result.run).toMatchObject({ requests, failed: 0, byServer: { rs1: 50, rs2: 50 } });
    const { sequence } = result.run;
    expect(sequence).toHaveLength(requests);
    for (const [index, server] of sequence.entries()) {
      expect(server).toBe(sequence[index % 2]);
    }
    expect(result.run.promise?.verdict).toBe('as-promised');
  });

  it('agrees with the access logs the web servers wrote', async () => {
    for (const name of ['rs1', 'rs2']) {
      const { stdout } = await node(name).run("grep -c 'GET /?' /var/log/nginx/access.log");
      expect(Number(stdout)).toBe(result.run.byServer[name]);
    }
  });

  it('agrees with the director, through whom no reply passes', async () => {
    expect(result.counters.conns).toBe(requests);
    expect(result.counters.inPkts).toBeGreaterThan(requests * 3);
    expect(result.counters.outPkts).toBe(0);
    const { stdout } = await node('director').run('ipvsadm -Ln --stats --exact');
    expect(/TCP\s+\S+:80\s+(\d+)/.exec(stdout)?.[1]).toBe(String(requests));
  });

  it('recorded replies that carry the real server’s MAC and the VIP’s address', async () => {
    const [vip] = /\S+(?=\/32 )/.exec((await node('director').run('ip -o -4 addr show')).stdout) ?? [''];
    const replies = await tsharkFields(pcap, `ip.src == ${vip} && http.response`, [
      'eth.src',
      'eth.dst',
      'http.file_data',
    ]);
    expect(replies).toHaveLength(requests);
    for (const [source, destination, body = ''] of replies) {
      const server = serverNamedIn(body);
      expect(source).toBe(macOf(server));
      expect(destination).toBe(macOf('client'));
    }
  });

  it('recorded every frame where tshark reads it, with a name for each NIC', async () => {
    const frames = await tsharkFields(pcap, 'frame', ['frame.interface_name']);
    expect(frames.length).toBeGreaterThan(requests * 10);
    expect(new Set(frames.map(([name]) => name))).toEqual(
      new Set(['director:eth0', 'rs1:eth0', 'rs2:eth0', 'client:eth0']),
    );
    expect(statSync(pcap).mode & 0o777).toBe(0o600);
  });

  it('has nodes that share neither MAC nor machine-id', async () => {
    const ids = await Promise.all(
      [...nodes.values()].map(async (session) => (await session.run('cat /etc/machine-id')).stdout.trim()),
    );
    const macs = result.nodes.flatMap(({ nics }) => nics.map(({ mac }) => mac));
    expect(new Set(ids).size).toBe(4);
    expect(new Set(macs).size).toBe(macs.length);
  });

  it('goes on after the command has ended: --keep left its switch with another process', async () => {
    const vip = (await recipeSteps()).service.vip;
    const { stdout } = await node('client').run(`curl -s -m 5 -H 'Connection: close' 'http://${vip}/?[1-4]'`);
    expect(stdout.trim().split('\n').sort()).toEqual(['rs1', 'rs1', 'rs2', 'rs2']);
    const { stdout: listing } = await lvslab(['ls', '--json']);
    expect(JSON.parse(listing)).toMatchObject({
      labs: [{ name: result.lab, state: 'ready', nodesRunning: 4 }],
    });
  });

  it('does not let go of the image its disks lie over', async () => {
    const { key } = await imageOf(result.lab);
    const { code, stderr } = await lvslab(['image', 'rm', key]);
    expect(code).toBe(2);
    expect(stderr).toContain(`in use by the lab '${result.lab}'`);
  });
});

describe('the DR recipe on those machines', () => {
  it('changes nothing when it is applied again', async () => {
    const before = await guestState();
    const { steps, shellOf, work } = await recipeSteps();
    const applied = await applyRecipe({ steps, shellOf, ...work });
    expect(applied.filter(({ state }) => state !== 'skipped')).toEqual([]);
    expect(await guestState()).toEqual(before);
  });

  it('is undone to what was, and can be applied once more', async () => {
    const { steps, record, shellOf, work } = await recipeSteps();
    const before = await guestState();
    await undoRecipe({ applied: record.applied, shellOf, ...work });
    const undone = await guestState();
    for (const state of Object.values(undone)) {
      expect(state).not.toContain(record.plan.service.vip);
      expect(state).toContain('arp_ignore=0');
      expect(state).toContain('send_redirects=1');
      expect(state).toContain('nginx=inactive');
    }
    expect(undone['director']).not.toContain('ip_vs');
    await applyRecipe({ steps, shellOf, ...work });
    expect(await guestState()).toEqual(before);
  });
});

/** tshark 4.0 gives a body as text, later ones in hexadecimal. */
function serverNamedIn(body: string): string {
  return /rs\d/.exec(body)?.[0] ?? Buffer.from(body, 'hex').toString().trim();
}

async function imageOf(lab: string) {
  return { key: (await readRecord(testHome, lab)).image };
}

async function recipeSteps() {
  const record = await readRecord(testHome, result.lab);
  const template = await loadTemplate(createLabContext().templatesFolder, record.plan.template);
  const steps = planRecipe(modeOf(template, record.plan.mode).recipe, record.plan);
  const work = { onProgress: () => undefined, signal: new AbortController().signal };
  return { steps, record, service: record.plan.service, shellOf: node, work };
}

/** What the recipe touches on each node, as text. */
async function guestState(): Promise<Record<string, string>> {
  const command = [
    'ip -o -4 addr show | sed "s/valid_lft.*//"',
    'ip -4 route show table all',
    'for key in arp_ignore arp_announce send_redirects; do echo "$key=$(sysctl -n net.ipv4.conf.all.$key)"; done',
    'echo "nginx=$(systemctl is-active nginx)"',
    'cat /var/www/html/index.html 2>/dev/null',
    'lsmod | grep -o "^ip_vs[a-z_]*" | sort',
    'test -e /proc/net/ip_vs && ipvsadm -Sn',
    'true',
  ].join('; ');
  const states = await Promise.all(
    [...nodes].map(async ([name, session]) => [name, (await session.run(command)).stdout] as const),
  );
  return Object.fromEntries(states);
}
