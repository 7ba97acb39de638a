import { describe, expect, it } from 'vitest';
import type { GuestShell } from '../../../../src-main/guest/guest-session.ts';
import { carryOutEdits } from '../../../../src-main/lab/verbs/change-service.ts';

const edits = ['one', 'two', 'three'].map((name) => ({
  command: `do ${name}`,
  verify: `see ${name}`,
  undo: `undo ${name}`,
}));

function director(fails?: string) {
  const ran: string[] = [];
  const shell: GuestShell = {
    run: async (command) => {
      ran.push(command);
      const failed = fails !== undefined && command.includes(fails);
      return {
        exitCode: failed ? 1 : 0,
        stdout: `did ${/do (\w+)/.exec(command)?.[1]}\n`,
        stderr: failed ? 'Module not found' : '',
      };
    },
  };
  return { ran, shell };
}

describe('carryOutEdits', () => {
  const { signal } = new AbortController();

  it('runs and verifies each in order, then does the rest', async () => {
    const { ran, shell } = director();
    const told = await carryOutEdits(shell, edits, signal, async () => void ran.push('rest'));
    expect(told).toEqual(
      ['one', 'two', 'three'].map((name) => ({
        ...{ stage: 'command', command: `do ${name}`, exitCode: 0, output: `did ${name}` },
      })),
    );
    expect(ran).toEqual([
      '{ do one; } && see one',
      '{ do two; } && see two',
      '{ do three; } && see three',
      'rest',
    ]);
  });

  it.each(['do two', 'see two'])('undoes all it began, the last first, when `%s` fails', async (fails) => {
    const { ran, shell } = director(fails);
    await expect(carryOutEdits(shell, edits, signal, async () => undefined)).rejects.toMatchObject({
      code: 'guest-command-failed',
      message: '`do two` failed on the director.',
      details: { why: 'Module not found' },
    });
    expect(ran.slice(2)).toEqual(['undo two', 'undo one']);
  });

  it('undoes all when the rest fails, or it is cancelled between two', async () => {
    const { ran, shell } = director();
    const failing = carryOutEdits(shell, edits, signal, () => Promise.reject(new Error('no disk')));
    await expect(failing).rejects.toThrow('no disk');
    expect(ran.slice(3)).toEqual(['undo three', 'undo two', 'undo one']);
    const cancelled = director();
    const controller = new AbortController();
    const stopping: GuestShell = {
      run: (command) => {
        controller.abort();
        return cancelled.shell.run(command);
      },
    };
    const ending = carryOutEdits(stopping, edits, controller.signal, async () => undefined);
    await expect(ending).rejects.toMatchObject({ code: 'cancelled' });
    expect(cancelled.ran).toEqual(['{ do one; } && see one', 'undo one']);
  });
});
