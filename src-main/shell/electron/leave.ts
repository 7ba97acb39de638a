import { dialog, type BrowserWindow } from 'electron';
import { toErrorInfo } from '../../contract/lab-error.ts';
import type { WayToLeave } from '../../contract/settings.ts';
import type { AppCore } from '../core.ts';
import type { ShellWords } from './words.ts';

/** How this application is left. */
export interface Leaving {
  readonly way: WayToLeave;
  readonly remember: boolean;
}

/**
 * What becomes of the labs that this application runs: as the user chose once, else as the user says now. Where there is
 * none, nobody is asked.
 * @param ask Resolves with undefined when the user would rather stay.
 * @returns undefined to stay.
 */
export async function decideLeaving(
  core: Pick<AppCore, 'ownedLabs' | 'readSettings' | 'saveSettings'>,
  ask: (labs: readonly string[]) => Promise<Leaving | undefined>,
): Promise<WayToLeave | undefined> {
  const settings = await core.readSettings();
  const labs = core.ownedLabs();
  if (settings.leave || labs.length === 0) return settings.leave ?? 'keep';
  const leaving = await ask(labs);
  if (leaving?.remember) await core.saveSettings({ leave: leaving.way });
  return leaving?.way;
}

/** As they are offered: the harmless one first. */
const ways = ['keep', 'suspend', 'down'] as const satisfies WayToLeave[];

/** Asks in a dialog of the window. */
export async function askLeaving(
  window: BrowserWindow,
  words: ShellWords,
  labs: readonly string[],
): Promise<Leaving | undefined> {
  const { response, checkboxChecked } = await dialog.showMessageBox(window, {
    type: 'question',
    message: words.askLeave,
    detail: labs.join(', '),
    buttons: [...ways.map((way) => words[way]), words.cancel],
    defaultId: 0,
    cancelId: ways.length,
    checkboxLabel: words.remember,
    noLink: true,
  });
  const way = ways[response];
  return way && { way, remember: checkboxChecked };
}

/** Leaves the labs, and says which could not be left as was meant. */
export async function leaveAll(core: AppCore, way: WayToLeave, words: ShellWords): Promise<void> {
  const failures: string[] = [];
  await core.close((left) => {
    if (left.way === 'failed') failures.push(`${left.lab}: ${toErrorInfo(left.error).message}`);
  }, way);
  if (failures.length > 0) dialog.showErrorBox(words.leaveFailed, failures.join('\n'));
}
