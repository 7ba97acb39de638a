import { createInterface } from 'node:readline/promises';
import { handOver } from '../../lab/hold-lab.ts';
import type { RunningLab } from '../../lab/running-lab.ts';
import { readSettings, writeSettings, waysToLeave, type WayToLeave } from '../../lab/settings.ts';
import { suspendLab } from '../../lab/verbs/suspend.ts';
import type { Act } from './act.ts';
import { holdCommand } from './hold-command.ts';

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

/** Leaves a lab in that way. What ends the command ends no step of it. */
export async function leaveLab(lab: RunningLab, way: WayToLeave, { output }: Act): Promise<void> {
  const { name } = lab.record.plan;
  const work = { onProgress: output.onProgress, signal: new AbortController().signal };
  if (way === 'suspend' && lab.record.state === 'ready') await suspendLab(lab, work);
  const { state } = lab.record;
  if (state === 'suspended') {
    await lab.letGo();
    output.emit({ event: 'suspended', lab: name });
    output.note(`The lab is suspended: 'lvslab resume ${name}' goes on with it.`);
  } else if (way === 'keep' && state === 'ready') {
    await handOver(lab, holdCommand);
    output.emit({ event: 'kept', lab: name });
    output.note(`The lab ${name} stays up: 'lvslab rm ${name}' removes it.`);
  } else {
    await lab.takeDown();
    output.emit({ event: 'down', lab: name });
    output.note(`The lab ${name} is down; nothing of it is left.`);
  }
}
