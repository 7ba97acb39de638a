import { mkdir, writeFile } from 'node:fs/promises';
import type { JournalEntry } from '../../src-main/contract/journal.ts';
import { writeFacts } from '../../src-main/lab/facts/kept-facts.ts';
import { writeAttachment, type Attachment } from '../../src-main/lab/attachments.ts';
import { journalFile, journalFolder } from '../../src-main/lab/journal-files.ts';
import { writeRecord } from '../../src-main/lab/lab-record.ts';
import { ownIdentity } from '../../src-main/lab/process-identity.ts';
import { draftPlan } from '../../src-main/plan/draft-plan.ts';
import type { LabPlan } from '../../src-main/plan/lab-plan.ts';
import { loadTemplate } from '../../src-main/template/load-template.ts';
import { templatesFolder } from '../../src-main/template/templates-folder.ts';
import { madeFacts } from '../support/report/made-facts.ts';
import { captureOfMade, madeObservation } from '../support/report/made-observation.ts';
import { columnsOf, loadResultOf, madeRun } from '../support/report/made-run.ts';
import { madeSetUp } from '../support/report/made-set-up.ts';
import { madeTables } from '../support/report/made-tables.ts';

const loads = { count: 10, requests: 10_000 };
/** Each request in NAT is 20 frames. */
const observations = { count: 10, requests: 1000 };

/** A lab's folder as it is kept after much was measured in it. */
export async function keepBigLab(
  dataFolder: string,
): Promise<{ lab: string; frames: number; samples: number }> {
  const template = await loadTemplate(templatesFolder(), 'three-modes');
  const plan = draftPlan(template, { mode: 'nat' });
  const folder = journalFolder(dataFolder, plan.name);
  await mkdir(folder, { recursive: true });
  await keepRecord(dataFolder, plan);
  const keep = createKeeper(folder, plan.mode);
  await keep('start', {}, null, { attachment: { kind: 'set-up', setUp: madeSetUp(template, plan) } });
  for (let number = 1; number <= loads.count; number += 1) await keepLoad(plan, keep, number);
  let frames = 0;
  for (let number = 1; number <= observations.count; number += 1) {
    const made = madeObservation({ plan, requests: observations.requests, firstFrame: frames });
    frames += made.records.length;
    const attachment = { kind: 'evidence', evidence: made.evidence, capture: captureOfMade(made) } as const;
    await keep('observe', { requests: observations.requests }, made.result, { attachment });
  }
  return { lab: plan.name, frames, samples: loads.count * loads.requests };
}

async function keepRecord(dataFolder: string, plan: LabPlan): Promise<void> {
  await writeFacts(dataFolder, plan.name, madeFacts);
  await writeRecord(dataFolder, {
    ...{ revision: 2, state: 'suspended', verb: null, failure: null, plan, image: '', warm: [] },
    ...{ createdAt: '2026-01-05T09:30:00.000Z', owner: ownIdentity(), hostKeys: {} },
    ...{ access: { user: '', keyPath: '' }, applied: [], impairments: {} },
  });
}

type Keep = (
  verb: string,
  request: object,
  result: unknown,
  beside?: { readonly attachment?: Attachment; readonly samples?: string; readonly count?: number },
) => Promise<void>;

function createKeeper(folder: string, mode: string): Keep {
  let id = 0;
  return async (verb, request, result, { attachment, samples, count = 0 } = {}) => {
    id += 1;
    const entry: JournalEntry = {
      ...{ id, at: new Date(Date.UTC(2026, 0, 5, 9, id)).toISOString(), milliseconds: 1000, mode, verb },
      ...{ request: { verb, ...request }, result, error: null, samples: count },
    };
    await writeFile(journalFile(folder, id, 'entry'), JSON.stringify({ revision: 1, entry }));
    if (attachment) await writeAttachment(folder, id, attachment);
    if (samples) await writeFile(journalFile(folder, id, 'samples'), samples);
  };
}

async function keepLoad(plan: LabPlan, keep: Keep, seed: number): Promise<void> {
  const names = plan.nodes.filter(({ role }) => role === 'real-server').map(({ name }) => name);
  const schedule = { scheduler: 'rr', servers: names.map((name) => ({ name, weight: 1 })) };
  const load = { requests: loads.requests, concurrency: 1 };
  const run = madeRun({ request: load, schedule, plan, seed });
  const tables = madeTables(plan, schedule, loads.requests);
  const result = loadResultOf(run, {
    plan,
    schedule,
    tablesBefore: tables,
    tables,
  });
  const samples = [...columnsOf(run.samples)].map((columns) => `${JSON.stringify(columns)}\n`).join('');
  await keep('load', { load }, result, { samples, count: loads.requests });
}
