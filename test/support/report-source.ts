import { mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TypedLine } from '../../src-main/contract/journal.ts';
import { reportParts } from '../../src-main/contract/report.ts';
import { exportScripts } from '../../src-main/export/export-scripts.ts';
import { sourceOfPlan } from '../../src-main/export/source-of-plan.ts';
import { planLab } from '../../src-main/plan/plan-lab.ts';
import { planMode } from '../../src-main/plan/plan-mode.ts';
import { buildReport, type BuildRequest } from '../../src-main/report/build/build-report.ts';
import type { Report } from '../../src-main/report/model/report.ts';
import type { ReportSource } from '../../src-main/report/report-source.ts';
import { loadTemplate } from '../../src-main/template/load-template.ts';
import { templatesFolder } from '../../src-main/template/templates-folder.ts';
import { hostileNotes } from './report/hostile-notes.ts';
import { captureOfMade } from './report/made-observation.ts';
import { columnsOf, directorLinesOf } from './report/made-run.ts';
import { madeFacts } from './report/made-facts.ts';
import { madeStory } from './report/made-story.ts';

/** When a handmade report is written. */
export const handmadeNow = new Date('2026-01-05T11:00:00.000Z');

/**
 * What is kept of a lab that was worked with for a while: brought into NAT, loaded and observed, changed by hand, brought
 * into DR, where rs2 answers ARP for the VIP, drilled, and compared in three modes. Made by the code that plans, judges
 * and compares, from samples and frames made by hand: so it is consistent, and the same each time.
 */
export async function handmadeSource(overrides: Partial<ReportSource> = {}): Promise<ReportSource> {
  const { template, story, captures } = await (made ??= makeAll());
  return {
    ...{ version: '1.0.0', plan: story.plan, createdAt: '2026-01-05T09:30:00.000Z' },
    template: { name: template.name, title: template.title },
    modes: Object.fromEntries(Object.entries(template.modes).map(([mode, { title }]) => [mode, title])),
    details: {
      title: 'NAT against <b>direct routing</b> & tunnels',
      author: 'Grace "Amazing" Höpper',
      notes: hostileNotes,
    },
    facts: madeFacts,
    entries: structuredClone(story.entries),
    typed: structuredClone(madeTyped),
    async *samples(entry) {
      yield* columnsOf(story.runs.get(entry)?.samples ?? []);
    },
    async *directorLog(entry) {
      const run = story.runs.get(entry);
      if (run) yield* directorLinesOf(run);
    },
    setUp: async (entry) => structuredClone(story.setUps.get(entry)),
    evidence: async (entry) => structuredClone(story.observations.get(entry)?.evidence),
    capture: async (entry) => captures.get(entry),
    scripts: async (mode) => exportScripts(sourceOfPlan(template, planMode(story.plan, template, mode))),
    ...overrides,
  };
}

/** Lines of an afternoon: what was looked at before and after a load. */
const madeTyped: TypedLine[] = [
  { at: '2026-01-05T09:33:12.000Z', node: 'director', line: 'ipvsadm -Ln --stats' },
  {
    at: '2026-01-05T09:44:20.500Z',
    node: 'rs2',
    line: 'sysctl net.ipv4.conf.all.arp_ignore | tee /tmp/"seen" <b>',
  },
  { at: '2026-01-05T09:44:41.000Z', node: 'rs2', line: 'ip -br address show dev lo' },
];

/** Made once: the sources share it, and get copies of what could be changed. */
let made: ReturnType<typeof makeAll> | undefined;

async function makeAll() {
  const template = await loadTemplate(templatesFolder(), 'three-modes');
  let [port, node] = [40_000, 0];
  const allocate = {
    port: () => port++,
    uuid: () => `00000000-0000-4000-8000-${String(++node).padStart(12, '0')}`,
  };
  const id = '3f2b8c1e-7a40-4d55-9c11-0a1b2c3d4e5f';
  const story = madeStory(template, planLab({ template, mode: 'nat', name: 'demo', id, allocate }));
  const captures = new Map(
    [...story.observations].map(([entry, observation]) => [entry, namelessFile(captureOfMade(observation))]),
  );
  return { template, story, captures };
}

/** A file that is gone with the process, however that ends: its name is taken away at once. */
function namelessFile(content: Buffer): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'lvslab-report-'));
  const file = path.join(folder, 'capture.pcapng');
  writeFileSync(file, content);
  const open = openSync(file, 'r');
  rmSync(folder, { recursive: true });
  return `/proc/${process.pid}/fd/${open}`;
}

/** The report of a handmade source. */
export async function handmadeReport(
  request: Partial<BuildRequest> = {},
  overrides: Partial<ReportSource> = {},
): Promise<Report> {
  const whole: BuildRequest = { language: 'en', parts: [...reportParts] };
  return buildReport(await handmadeSource(overrides), { ...whole, ...request }, handmadeNow);
}
