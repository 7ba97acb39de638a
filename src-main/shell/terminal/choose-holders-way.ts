import { createInterface } from 'node:readline/promises';
import { holdersWaySchema, type HoldersWay } from '../../contract/holders.ts';
import { LabError } from '../../contract/lab-error.ts';
import type { Act } from './act.ts';

/**
 * What is to become of what holds kernel modules, where a switch was refused for it and there is a terminal to ask on.
 * @returns undefined where nobody is asked, or the answer is to leave all as it is: the refusal stands.
 */
export async function chooseHoldersWay(
  { output, work }: Pick<Act, 'output' | 'work'>,
  error: unknown,
): Promise<HoldersWay | undefined> {
  if (!(error instanceof LabError) || error.code !== 'modules-held') return undefined;
  if (output.json || !process.stdin.isTTY || !process.stderr.isTTY) return undefined;
  output.note(`${error.message}\n${error.details.why ?? ''}`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  terminal.once('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  try {
    const question = 'Shall it be ended [s], be kept, with the module [k], or shall nothing be done [n]? ';
    const answer = (await terminal.question(question, { signal: work.signal })).trim().toLowerCase();
    return holdersWaySchema.options.find((way) => answer !== '' && way.startsWith(answer));
  } catch {
    return undefined; // Ctrl-C is an answer too.
  } finally {
    terminal.close();
  }
}
