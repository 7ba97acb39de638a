import { app } from 'electron';
import type { WayToLeave } from '../../contract/settings.ts';
import type { AppCore } from '../core.ts';
import { askLeaving, decideLeaving, leaveAll } from './leave.ts';
import type { AppWindow } from './window.ts';
import type { ShellWords } from './words.ts';

interface Around {
  readonly core: Promise<AppCore>;
  readonly words: () => ShellWords;
  readonly fail: (error: unknown) => void;
}

/** Whatever ends the application, its labs are left as the user wants. */
export function leaveInOrder({ window, keepState }: AppWindow, { core: loading, words, fail }: Around): void {
  let asking = false;
  let leaving = false;
  const leave = async (core: AppCore, way: WayToLeave) => {
    if (leaving) return;
    leaving = true;
    // The labs matter more than where the window was.
    await keepState().catch(() => undefined);
    window.hide();
    await leaveAll(core, way, words());
    app.exit(0);
  };
  const ask = async () => {
    if (asking || leaving) return;
    asking = true;
    try {
      const core = await loading;
      const way = await decideLeaving(core, (labs) => askLeaving(window, words(), labs));
      if (way) await leave(core, way);
    } finally {
      asking = false;
    }
  };
  const leaveUnasked = async () => {
    const core = await loading;
    const { leave: way = 'keep' } = await core.readSettings();
    await leave(core, way);
  };
  app.on('before-quit', (event) => {
    event.preventDefault();
    ask().catch(fail);
  });
  // The session ends: nobody is there to be asked.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      leaveUnasked().catch(fail);
    });
  }
}
