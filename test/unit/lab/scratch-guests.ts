import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LabError } from '../../../src-main/contract/lab-error.ts';
import type { GuestShell } from '../../../src-main/guest/guest-session.ts';
import type { PlannedStep } from '../../../src-main/plan/plan-recipe.ts';
import { CommandError } from '../../../src-main/process/command-error.ts';
import { run } from '../../../src-main/process/run.ts';

/** Stand-ins for guests: each node is a folder, in which a real /bin/sh carries out what it is sent. */
export interface ScratchGuests extends AsyncDisposable {
  readonly folderOf: (node: string) => string;
  readonly shellOf: (node: string) => GuestShell;
  /** What was sent, in the order in which it was: the node, and the script. */
  readonly sent: { readonly node: string; readonly script: string }[];
}

export async function scratchGuests(nodes: readonly string[], shell = '/bin/sh'): Promise<ScratchGuests> {
  const folder = await mkdtemp(path.join(tmpdir(), 'lvslab-guests-'));
  const sent: { node: string; script: string }[] = [];
  const folderOf = (node: string) => path.join(folder, node);
  for (const node of nodes) await mkdir(folderOf(node));
  const shellOf = (node: string): GuestShell => ({
    async run(script, { signal } = {}) {
      sent.push({ node, script });
      try {
        return await run(shell, ['-c', script], { cwd: folderOf(node), signal });
      } catch (error) {
        if (!(error instanceof CommandError)) throw error;
        if (error.cancelled) throw new LabError('cancelled', 'Cancelled.');
        // As a guest's session has it: 128 and the signal's number, here always SIGTERM's.
        return { exitCode: error.exitCode ?? 143, stdout: error.stdout, stderr: error.stderr };
      }
    },
  });
  return { folderOf, shellOf, sent, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}

/** A step whose wanted state is that a file holds a text. */
export function fileStep(
  node: string,
  file: string,
  text: string,
  change: Partial<PlannedStep> = {},
): PlannedStep {
  return {
    node,
    id: file,
    step: file,
    after: [],
    title: { en: `Write ${file}` },
    why: { en: 'For the test.' },
    before: { old: `cat ${file} 2>/dev/null || echo none` },
    verify: `test "$(cat ${file} 2>/dev/null)" = '${text}'`,
    commands: [`echo writing ${file}; echo a warning >&2`, `printf '%s\\n' '${text}' > ${file}`],
    classic: [],
    fresh: false,
    undo: [`if test {before.old} = none; then rm ${file}; else printf '%s\\n' {before.old} > ${file}; fi`],
    ...change,
  };
}
