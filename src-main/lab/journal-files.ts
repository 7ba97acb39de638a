import path from 'node:path';
import { labFolder } from './lab-record.ts';

/** A lab's journal. */
export function journalFolder(dataFolder: string, lab: string): string {
  return path.join(labFolder(dataFolder, lab), 'journal');
}

/** What there may be of one entry: itself, and what is kept beside it. */
const kinds = {
  entry: 'json',
  samples: 'samples.jsonl',
  director: 'director.jsonl',
  setUp: 'set-up.json',
  evidence: 'evidence.json',
  frames: 'pcapng',
} as const;
export type JournalFileKind = keyof typeof kinds;

/** The file of an entry in its journal's folder. */
export function journalFile(folder: string, id: number, kind: JournalFileKind): string {
  return path.join(folder, `${id}.${kinds[kind]}`);
}

/** The entry that a file is of, by its name; undefined for a file that is none of the journal's. */
export function entryOfFile(name: string): { id: number; kind: JournalFileKind } | undefined {
  const [, id, ending] = /^([1-9]\d*)\.(.+)$/.exec(name) ?? [];
  const kind = (Object.keys(kinds) as JournalFileKind[]).find((each) => kinds[each] === ending);
  return id === undefined || kind === undefined ? undefined : { id: Number(id), kind };
}
