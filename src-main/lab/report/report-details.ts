import { readFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { reportDetailsSchema, type ReportDetails } from '../../contract/report.ts';
import { throwIfForbidden } from '../../process/file-errors.ts';
import { labFolder, readRecord } from '../lab-record.ts';

const none: ReportDetails = { title: null, author: null, notes: '' };

/** What its writer added to a lab's report; nothing where that was never saved, or cannot be read. */
export async function readReportDetails(dataFolder: string, lab: string): Promise<ReportDetails> {
  try {
    return reportDetailsSchema.parse(JSON.parse(await readFile(detailsFile(dataFolder, lab), 'utf8')));
  } catch (error) {
    throwIfForbidden(error, `What was added to the report of the lab '${lab}'`);
    return none;
  }
}

/**
 * Keeps it in the lab's folder, whole or not at all.
 * @throws LabError `not-found` for no such lab; what the file system says.
 */
export async function writeReportDetails(
  dataFolder: string,
  lab: string,
  details: ReportDetails,
): Promise<void> {
  await readRecord(dataFolder, lab); // Says what is there instead.
  await writeFileAtomic(detailsFile(dataFolder, lab), JSON.stringify(details), { mode: 0o600 });
}

function detailsFile(dataFolder: string, lab: string): string {
  return path.join(labFolder(dataFolder, lab), 'report.json');
}
