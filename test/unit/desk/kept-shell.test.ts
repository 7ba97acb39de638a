import { expect, it, vi } from 'vitest';
import type { TerminalEvent } from '../../../src-main/contract/nodes.ts';
import { keepShell } from '../../../src-main/desk/kept-shell.ts';
import type { GuestTerminal } from '../../../src-main/guest/open-shell.ts';

const size = { columns: 80, rows: 24 };
const { signal } = new AbortController();

/** A shell that writes what it is told to. */
function madeShell() {
  let hears: ((piece: Buffer) => void) | undefined;
  let ends: ((shellEnded: boolean) => void) | undefined;
  const pause = vi.fn();
  const terminal: GuestTerminal = {
    listen: (onOutput, onEnd) => ([hears, ends] = [onOutput, onEnd]),
    ...{ write: () => undefined, resize: () => undefined, pause, resume: () => undefined },
    close: async () => ends?.(true),
  };
  const say = (text: string) => hears?.(Buffer.from(text));
  return { terminal, say, pause, end: (shellEnded: boolean) => ends?.(shellEnded) };
}

const screenOf = ([event]: TerminalEvent[]) => {
  return event?.kind === 'opened' ? event.screen : undefined;
};

it('keeps the newest of what a shell writes, from the start of a line', async () => {
  const { terminal, say, end } = madeShell();
  const kept = keepShell(terminal, size);
  for (let part = 0; part < 40; part++) say(`${part} ${'x'.repeat(9_990)}\n`);
  end(true);
  await kept.over;
  const screen = screenOf((await kept.view('one', signal).next()).value as TerminalEvent[]) ?? '';
  expect(screen.length).toBeLessThanOrEqual(262_144);
  expect(screen).toMatch(/^1\d x/);
  expect(screen.endsWith('x\n')).toBe(true);
});

it('makes the shell wait for a page that does not read, until it reads or leaves', async () => {
  const { terminal, say, pause } = madeShell();
  const kept = keepShell(terminal, size);
  const view = kept.view('one', signal);
  await view.next();
  const flood = () => {
    say('x'.repeat(70_000));
    return new Promise((resolve) => setTimeout(resolve, 60));
  };
  await flood();
  await flood();
  expect(pause).toHaveBeenCalled();
  const read = (await view.next()).value as TerminalEvent[];
  expect(read).toEqual([{ kind: 'data', text: 'x'.repeat(70_000) }]);
  await view.return('left');
  say('last');
  await vi.waitFor(async () => {
    const later = kept.view('two', signal);
    const opened = (await later.next()).value as TerminalEvent[];
    await later.return('left');
    expect(screenOf(opened)?.slice(-10)).toBe('xxxxxxlast');
  });
});

it('tells a broken connection from an ended shell', async () => {
  for (const [shellEnded, end] of [
    [true, 'ended'],
    [false, 'broken'],
  ] as const) {
    const made = madeShell();
    const view = keepShell(made.terminal, size).view('one', signal);
    await view.next();
    made.end(shellEnded);
    expect(await view.next()).toEqual({ done: true, value: end });
  }
});
