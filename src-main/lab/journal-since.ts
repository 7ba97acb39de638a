import { stat } from 'node:fs/promises';
import type { JournalEntry } from '../contract/journal.ts';
import { idsIn, readEntry } from './journal.ts';
import { journalFile, journalFolder } from './journal-files.ts';

/** Entries that were read, by file. They do not change, but a lab made anew under the same name has others. */
const known = new Map<string, { readonly stamp: string; readonly entry: JournalEntry }>();
const mostKnown = 1000;

/** Of which verbs an entry's result is handed over; that of a long observation takes megabytes. */
const withResult: ReadonlySet<string> = new Set(['mend', 'forgetArp']);

/**
 * What was begun after a moment, oldest first, and before it the newest one of certain verbs. Asked again it reads only
 * what came since. Results are null but for `mend` and `forgetArp`.
 * @param after ISO 8601.
 * @param verbs Those of which the newest one that was begun earlier is told too.
 */
export async function readJournalSince(
  dataFolder: string,
  lab: string,
  after: string,
  verbs: ReadonlySet<string>,
): Promise<JournalEntry[]> {
  const folder = journalFolder(dataFolder, lab);
  const since = Date.parse(after);
  const entries: JournalEntry[] = [];
  // Entries count up in the order in which they began.
  for (const id of (await idsIn(folder)).toReversed()) {
    const entry = await readOnce(folder, id);
    if (!entry) continue;
    const earlier = Date.parse(entry.at) <= since;
    if (!earlier || verbs.has(entry.verb)) entries.unshift(entry);
    if (earlier && verbs.has(entry.verb)) break;
  }
  return entries;
}

async function readOnce(folder: string, id: number): Promise<JournalEntry | undefined> {
  const file = journalFile(folder, id, 'entry');
  const stamp = await stampOf(file);
  const before = known.get(file);
  if (before && before.stamp === stamp) return before.entry;
  const read = await readEntry(folder, id);
  if (!read) return undefined;
  const entry = withResult.has(read.verb) ? read : { ...read, result: null };
  known.delete(file);
  if (stamp !== undefined) known.set(file, { stamp, entry });
  const [oldest] = known.keys();
  if (known.size > mostKnown && oldest !== undefined) known.delete(oldest);
  return entry;
}

async function stampOf(file: string): Promise<string | undefined> {
  // Whatever is wrong, reading it tells.
  const found = await stat(file).catch(() => undefined);
  return found && [found.ino, found.size, found.mtimeMs].join(' ');
}
