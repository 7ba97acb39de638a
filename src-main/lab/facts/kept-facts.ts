import { readFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { labFactsSchema, type LabFacts } from '../../contract/lab-facts.ts';
import { labFolder } from '../lab-record.ts';

/** What was told of a lab last; undefined where nothing is kept, or it cannot be read. */
export async function readFacts(dataFolder: string, lab: string): Promise<LabFacts | undefined> {
  try {
    return labFactsSchema.parse(JSON.parse(await readFile(factsFile(dataFolder, lab), 'utf8')));
  } catch {
    return undefined;
  }
}

/** Keeps it in the lab's folder, so that a lab that is down has it still. Never rejects. */
export async function writeFacts(dataFolder: string, lab: string, facts: LabFacts): Promise<void> {
  await writeFileAtomic(factsFile(dataFolder, lab), JSON.stringify(facts), { mode: 0o600 }).catch(
    () => undefined,
  );
}

function factsFile(dataFolder: string, lab: string): string {
  return path.join(labFolder(dataFolder, lab), 'facts.json');
}
