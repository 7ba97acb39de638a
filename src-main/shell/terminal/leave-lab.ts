import { createInterface } from 'node:readline/promises';
import { leaveLab } from '../../lab/leave-lab.ts';
import type { RunningLab } from '../../lab/running-lab.ts';
import { waysToLeave, type WayToLeave } from '../../contract/settings.ts';
import { readSettings, writeSettings } from '../../lab/settings.ts';
import type { Act } from './act.ts';
import { holdCommand } from '../hold-command.ts';
import { noteLinger } from './note-linger.ts';

/**
 * What Ctrl-C does to a lab: as the option says, as the user said once, or as the user says now where there is a
 * terminal to ask on. Where nobody says anything the lab is taken down.
 */
export async function chooseWayToLeave(
  { context: { dataFolder }, output, work }: Act,
  option: WayToLeave | undefined,
): Promise<WayToLeave> {
  if (option) return option;
  const settings = await readSettings(dataFolder);
  if (settings.leave) return settings.leave;
  if (output.json || !process.stdin.isTTY || !process.stderr.isTTY) return 'down';
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // While it reads, the terminal's Ctrl-C comes here and not as a signal.
  terminal.once('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  try {
    const question =
      'When you press Ctrl-C, shall a lab be taken down [d], keep running [k] or be suspended [s]? (asked once) ';
    const answer = (await terminal.question(question, { signal: work.signal })).trim().toLowerCase();
    const leave = waysToLeave.find((way) => answer !== '' && way.startsWith(answer)) ?? 'down';
    await writeSettings(dataFolder, { ...settings, leave });
    return leave;
  } catch {
    return 'down'; // Ctrl-C is an answer too.
  } finally {
    terminal.close();
  }
}

/** Leaves a lab in that way, and says so. What ends the command ends no step of it. */
export async function leave(lab: RunningLab, way: WayToLeave, given: Act): Promise<void> {
  const { output } = given;
  const { name } = lab.record.plan;
  const work = { onProgress: output.onProgress, signal: new AbortController().signal };
  const became = await leaveLab(lab, way, { ...work, command: holdCommand });
  const { event, words } = left[became];
  output.emit({ event, lab: name });
  output.note(words(name));
  if (became === 'keep') noteLinger(given);
}

const left: Record<WayToLeave, { event: string; words: (lab: string) => string }> = {
  suspend: {
    event: 'suspended',
    words: (lab) => `The lab is suspended: 'lvslab resume ${lab}' goes on with it.`,
  },
  keep: { event: 'kept', words: (lab) => `The lab ${lab} stays up: 'lvslab rm ${lab}' removes it.` },
  down: { event: 'down', words: (lab) => `The lab ${lab} is down; nothing of it is left.` },
};
