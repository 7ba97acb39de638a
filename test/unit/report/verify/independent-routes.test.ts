import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../../../src-main/process/run.ts';
import type { Report } from '../../../../src-main/report/model/report.ts';
import { scratchFolder } from '../../../support/scratch-folder.ts';
import { tsharkFields } from '../../../support/tshark.ts';
import { filesOf, modelOf, writeHandmadeBundle, type Files } from './bundle-files.ts';

// The figures of a report, computed from the files of its bundle by programs that share no line with it.

const scratch = scratchFolder();
let files: Files;
let report: Report;

beforeAll(async () => {
  const zip = path.join(scratch.path, 'whole.zip');
  await writeHandmadeBundle(zip);
  files = await filesOf(zip);
  report = modelOf(files);
});
afterAll(scratch.remove);

function unpack(name: string): string {
  const file = path.join(scratch.path, name.replaceAll('/', '-'));
  writeFileSync(file, files.get(name) ?? '');
  return file;
}

/** Counts lines after the first by a field, those with an empty one left out. */
async function countBy(file: string, field: number): Promise<Record<string, number>> {
  const script = `NR > 1 && $${field} != "" { n[$${field}]++ } END { for (name in n) print name, n[name] }`;
  const { stdout } = await run('awk', ['-F,', script, file]);
  const lines = stdout.split('\n').filter(Boolean);
  return Object.fromEntries(
    lines.map((line) => line.split(' ')).map(([name = '', count]) => [name, Number(count)]),
  );
}

describe('awk on the samples', () => {
  it('counts who answered, and what failed, as the report does', async () => {
    for (const { entry, figures } of report.runs) {
      const file = unpack(`runs/${entry}.csv`);
      expect(await countBy(file, 4)).toEqual(figures?.byServer);
      expect(await countBy(file, 7)).toEqual(figures?.failures);
      const { stdout } = await run('awk', ['END { print NR - 1 }', file]);
      expect(Number(stdout)).toBe(figures?.requests);
    }
  });

  it('finds the percentiles of the report, by nearest rank', async () => {
    const sorted = `awk -F, 'NR > 1 && $7 == "" { print $3 }' "$1" | sort -n`;
    const rank = `awk '{ v[NR] = $1 } function at(p) { r = p * NR; k = int(r); if (k < r) k++; return v[k] }
      END { print at(0.5), at(0.95), at(0.99), v[1], v[NR] }'`;
    for (const { entry, figures } of report.runs) {
      const file = unpack(`runs/${entry}.csv`);
      const { stdout } = await run('sh', ['-c', `${sorted} | ${rank}`, 'sh', file]);
      const [p50, p95, p99, min, max] = stdout.trim().split(' ').map(Number);
      expect({ p50, p95, p99, min, max }).toEqual(figures?.latencyMs);
    }
  });

  it('finds the order of replies of the report', async () => {
    for (const { entry, figures } of report.runs) {
      const script = 'NR > 1 && NR <= 401 { print ($4 == "" ? "-" : $4) }';
      const { stdout } = await run('awk', ['-F,', script, unpack(`runs/${entry}.csv`)]);
      expect(stdout.split('\n').filter(Boolean)).toEqual(figures?.sequence.map((server) => server ?? '-'));
    }
  });
});

describe('tshark on the captures', () => {
  it('counts the frames, and who says where the VIP is, as the report does', async () => {
    const { vip } = report.lab.layout.service;
    for (const { entry, frames, vipClaims } of report.observations) {
      const capture = unpack(`captures/${entry}.pcapng`);
      expect((await tsharkFields(capture, 'frame', ['frame.number'])).length).toBe(frames);
      const replies = await tsharkFields(capture, `arp.opcode == 2 && arp.src.proto_ipv4 == ${vip}`, [
        'arp.src.hw_mac',
      ]);
      const told = vipClaims.filter(({ kind }) => kind === 'reply').map(({ mac }) => mac);
      expect(replies.flat()).toEqual(told);
    }
  });

  it('sees every request that the report counts', async () => {
    const { vip, port } = report.lab.layout.service;
    for (const { entry, requests } of report.observations) {
      const filter = `tcp.flags.syn == 1 && tcp.flags.ack == 0 && ip.dst == ${vip} && tcp.dstport == ${port}`;
      const rows = await tsharkFields(unpack(`captures/${entry}.pcapng`), filter, ['ip.src', 'tcp.srcport']);
      // A tunnelled packet has two addresses in one field: outside and inside.
      const connections = new Set(
        rows.map(([source = '', from]) => `${source.split(',').at(-1) ?? ''}:${from ?? ''}`),
      );
      expect(connections.size).toBe(requests);
    }
  });

  it('sees the frames of a story as the report tells them', async () => {
    for (const { entry, story } of report.observations) {
      const rows = await tsharkFields(unpack(`captures/${entry}.pcapng`), 'frame', [
        ...['frame.number', 'eth.src', 'eth.dst', 'ip.ttl'],
      ]);
      const first = await firstFrameOf(entry);
      for (const hop of story?.hops ?? []) {
        const [, source, destination, ttl] = rows[hop.sequence - first] ?? [];
        expect([source, destination]).toEqual([hop.sourceMac, hop.destinationMac]);
        expect(ttl?.split(',').at(-1)).toBe(String(hop.ttl));
      }
    }
  });
});

async function firstFrameOf(entry: number): Promise<number> {
  const kept = JSON.parse(files.get(`evidence/${entry}.json`)?.toString() ?? '') as { firstFrame: number };
  return kept.firstFrame;
}
