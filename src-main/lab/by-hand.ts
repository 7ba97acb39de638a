import { readFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { labFolder } from './lab-record.ts';

/** What was done with a lab past its owner, as far as the application saw it. */
const byHandSchema = z.object({
  revision: z.literal(1),
  /** By node: when a line was last typed in a shell there; ISO 8601. */
  shells: z.record(z.string(), z.string()),
  /** When the director's table was seen to have changed, whoever changed it: the newest few; ISO 8601. */
  table: z.array(z.string()),
});
export type ByHand = z.infer<typeof byHandSchema>;

/** How many changes of the table are kept. */
const tableKept = 50;

/** What is known of it; nothing where nothing was kept or it cannot be read. */
export async function readByHand(dataFolder: string, lab: string): Promise<ByHand> {
  const text = await readFile(fileOf(dataFolder, lab), 'utf8').catch(() => '{}');
  const { data } = byHandSchema.safeParse(valueOf(text));
  return data ?? { revision: 1, shells: {}, table: [] };
}

/** Keeps what was done by hand, one after the other. Never throws: a lab may be gone, or its disk full. */
export function createByHandNotes(dataFolder: string) {
  let last: Promise<unknown> = Promise.resolve();
  const change = (lab: string, how: (known: ByHand) => ByHand): Promise<void> => {
    const done = last.then(async () => {
      const content = JSON.stringify(how(await readByHand(dataFolder, lab)));
      await writeFileAtomic(fileOf(dataFolder, lab), content, { mode: 0o600, fsync: false });
    });
    last = done.catch(() => undefined);
    return done.catch(() => undefined);
  };
  const now = () => new Date().toISOString();
  return {
    /** A line was typed in a shell on a node. */
    typed: (lab: string, node: string): Promise<void> =>
      change(lab, (known) => ({ ...known, shells: { ...known.shells, [node]: now() } })),
    /** The director's table is otherwise than a moment ago. */
    tableChanged: (lab: string): Promise<void> =>
      change(lab, (known) => ({ ...known, table: [...known.table, now()].slice(-tableKept) })),
  };
}
export type ByHandNotes = ReturnType<typeof createByHandNotes>;

function fileOf(dataFolder: string, lab: string): string {
  return path.join(labFolder(dataFolder, lab), 'by-hand.json');
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
