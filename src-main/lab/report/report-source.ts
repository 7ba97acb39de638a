import packageJson from '../../../package.json' with { type: 'json' };
import { labFactsSchema, type LabFacts } from '../../contract/lab-facts.ts';
import { exportScripts } from '../../export/export-scripts.ts';
import { sourceOfPlan } from '../../export/source-of-plan.ts';
import { planMode } from '../../plan/plan-mode.ts';
import type { ReportSource } from '../../report/report-source.ts';
import type { LabTemplate } from '../../template/lab-template.ts';
import { loadTemplate } from '../../template/load-template.ts';
import { captureFileOf, readEvidence, readSetUp } from '../attachments.ts';
import { askOwner } from '../control-client.ts';
import { readHostFacts } from '../facts/host-facts.ts';
import { readFacts } from '../facts/kept-facts.ts';
import { readJournal } from '../journal.ts';
import { journalFile, journalFolder } from '../journal-files.ts';
import { readTyped } from '../journal-typed.ts';
import { linesOf } from '../kept-lines.ts';
import { keptSamples } from '../kept-samples.ts';
import { withOneStory } from '../kept-stories.ts';
import type { LabContext } from '../lab-context.ts';
import { labFolder, readRecord, type LabRecord } from '../lab-record.ts';
import { isAlive } from '../process-identity.ts';
import { readReportDetails } from './report-details.ts';

/** Milliseconds that the owner of a lab is given to tell where it runs. */
const patience = 20_000;

/**
 * What a report of a lab is made from, as its folder has it now. Nothing of the lab is changed; where it runs and has
 * not told yet what runs in it, its owner is asked.
 * @throws LabError `not-found` for no such lab; `internal` for a record that cannot be read.
 */
export async function reportSource(context: LabContext, lab: string): Promise<ReportSource> {
  const { dataFolder, templatesFolder } = context;
  const record = await readRecord(dataFolder, lab);
  const { plan, createdAt } = record;
  const folder = journalFolder(dataFolder, lab);
  // A template of one's own may be gone, or changed, since.
  const template = await loadTemplate(templatesFolder, plan.template).catch(() => undefined);
  const [details, facts, entries, typed] = await Promise.all([
    readReportDetails(dataFolder, lab),
    factsOf(context, record),
    readJournal(dataFolder, lab, withOneStory),
    readTyped(dataFolder, lab),
  ]);
  return {
    ...{ version: packageJson.version, plan, createdAt, details, facts, entries, typed },
    template: { name: plan.template, title: template?.title ?? { en: plan.template } },
    modes: Object.fromEntries(
      Object.entries(template?.modes ?? {}).map(([mode, { title }]) => [mode, title]),
    ),
    samples: (entry) => keptSamples(journalFile(folder, entry, 'samples')),
    directorLog: (entry) => linesOf(journalFile(folder, entry, 'director')),
    setUp: (entry) => readSetUp(folder, entry),
    evidence: (entry) => readEvidence(folder, entry),
    capture: (entry) => captureFileOf(folder, entry),
    scripts: async (mode) => scriptsOf(template, record, mode),
  };
}

async function factsOf(context: LabContext, record: LabRecord): Promise<LabFacts> {
  const { plan, state, owner } = record;
  const kept = await readFacts(context.dataFolder, plan.name);
  if (kept && (Object.keys(kept.guests).length > 0 || state !== 'ready')) return kept;
  return (
    (state === 'ready' && isAlive(owner) ? await askFacts(context, plan.name) : undefined) ??
    kept ?? { host: await readHostFacts(context, record), guests: {} }
  );
}

/** Undefined where the owner does not tell: it may be of an older version. */
async function askFacts({ dataFolder }: LabContext, lab: string): Promise<LabFacts | undefined> {
  const work = { onProgress: () => undefined, signal: AbortSignal.timeout(patience) };
  try {
    return labFactsSchema.parse(await askOwner(labFolder(dataFolder, lab), { verb: 'facts' }, work));
  } catch {
    return undefined;
  }
}

/** Of a mode as its template has it now; none where that is not to be had. */
function scriptsOf(template: LabTemplate | undefined, { plan }: LabRecord, mode: string) {
  try {
    return template ? exportScripts(sourceOfPlan(template, planMode(plan, template, mode))) : [];
  } catch {
    return [];
  }
}
