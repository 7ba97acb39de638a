import { mkdtempSync, rmSync } from 'node:fs';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { labResultSchema, type LabResult } from '../../src-main/contract/lab-result.ts';
import { readRecord } from '../../src-main/lab/lab-record.ts';
import { libvirtConnection } from '../../src-main/libvirt/connection.ts';
import { run } from '../../src-main/process/run.ts';
import { ending } from '../support/end-started.ts';
import { lvslab } from '../support/lvslab.ts';
import { testHome } from '../support/test-home.ts';
import { writeWideTemplate } from '../support/wide-template.ts';
import { median, reportRatio, show } from './report.ts';

const rounds = 3;

/** What the warm state gains, to the first balanced reply; and what a reset costs. */
export async function benchWarmUp(): Promise<void> {
  await runLab([]); // Makes the warm state where there is none.
  const times = { cold: [] as number[], warm: [] as number[], boot: [] as number[], raw: [] as number[] };
  const resets: number[] = [];
  const readies: number[] = [];
  for (let round = 0; round < rounds; round++) {
    times.cold.push((await runLab(['--cold'])).firstReply);
    await ending(
      () => lvslab(['rm', 'bench']),
      async () => {
        const warm = await runLab(['--keep', '--name', 'bench']);
        times.warm.push(warm.firstReply);
        times.boot.push(warm.boot);
        readies.push(warm.wall);
        resets.push(await timeReset());
        times.raw.push(await timeRawRestore());
      },
    );
  }
  reportRatio('first reply, cold against warm', {
    ours: times.cold,
    peer: times.warm,
    unit: 's',
    aim: 'at least 6',
  });
  reportRatio('warm nodes answer, against virsh restore of the same states and one SSH command each', {
    ours: times.boot,
    peer: times.raw,
    unit: 's',
    aim: 'at most 1.5',
  });
  reportRatio('reset against a warm start', { ours: resets, peer: readies, unit: 's', aim: 'at most 1.5' });
  for (const servers of [2, 4, 8]) await reportSize(servers);
}

async function reportSize(servers: number): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'lvslab-wide-'));
  try {
    writeWideTemplate(folder, servers);
    const runs: number[] = [];
    for (let round = 0; round < rounds; round++) {
      runs.push((await runLab([], { LVSLAB_TEMPLATES: folder })).firstReply);
    }
    console.log(`first reply with ${servers} real servers, warm: ${show(median(runs))} s`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The lab stays up with --keep: then `wall` is the whole command, as a reset's is. */
async function runLab(args: readonly string[], env: Record<string, string> = {}) {
  const began = performance.now();
  const { code, stdout, stderr } = await lvslab(
    ['run', 'three-modes', '--requests', '20', '--json', ...args],
    { env },
  );
  if (code !== 0) throw new Error(stderr);
  const { timings }: LabResult = labResultSchema.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
  return {
    firstReply: (timings.firstReplyMs ?? Number.NaN) / 1000,
    boot: timings.bootMs / 1000,
    wall: (performance.now() - began - (timings.totalMs - (timings.firstReplyMs ?? 0))) / 1000,
  };
}

async function timeReset(): Promise<number> {
  const began = performance.now();
  const { code, stderr } = await lvslab(['reset', 'bench', '--json']);
  if (code !== 0) throw new Error(stderr);
  return (performance.now() - began) / 1000;
}

/** Restores the suspended lab's machines by virsh alone, all at once, and runs one command in each. */
async function timeRawRestore(): Promise<number> {
  await lvslab(['suspend', 'bench']);
  const { plan, access } = await readRecord(testHome, 'bench');
  const { uri } = libvirtConnection();
  const folder = await mkdtemp(path.join(testHome, 'raw-'));
  const memoryOf = (node: string) => path.join(testHome, 'labs/bench', node, 'memory.save');
  // virsh takes nothing away from a file, but our resume would look for it.
  await Promise.all(plan.nodes.map(({ name }) => copyFile(memoryOf(name), path.join(folder, name))));
  const began = performance.now();
  const script = (node: string, port: number) => `set -e
virsh -q -c ${uri} restore ${path.join(folder, node)}
until ssh -i ${access.keyPath} -p ${port} -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null \
  -o LogLevel=ERROR -o ConnectTimeout=60 ${access.user}@127.0.0.1 true; do sleep 0.1; done`;
  const end = async () => {
    await Promise.allSettled(plan.nodes.map(({ uuid }) => run('virsh', ['-c', uri, 'destroy', uuid])));
    await rm(folder, { recursive: true });
  };
  return ending(end, async () => {
    await Promise.all(plan.nodes.map(({ name, sshPort }) => run('sh', ['-c', script(name, sshPort)])));
    return (performance.now() - began) / 1000;
  });
}
