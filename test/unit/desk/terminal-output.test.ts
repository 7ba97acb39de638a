import { expect, it } from 'vitest';
import { readTerminal } from '../../../src-main/desk/terminal-output.ts';

/** A shell whose output the test writes; it counts how often it is held back. */
function fakeShell() {
  let say: (piece: Buffer) => void = () => undefined;
  let end: (shellEnded: boolean) => void = () => undefined;
  const held = { now: false, times: 0 };
  return {
    held,
    say: (text: string | Buffer) => {
      say(Buffer.from(text));
    },
    end: (shellEnded: boolean) => {
      end(shellEnded);
    },
    listen: (onOutput: typeof say, onEnd: typeof end) => {
      [say, end] = [onOutput, onEnd];
    },
    pause: () => {
      held.now = true;
      held.times += 1;
    },
    resume: () => {
      held.now = false;
    },
  };
}

it('gathers what comes together, and tells how it ended', async () => {
  const shell = fakeShell();
  const texts = readTerminal(shell);
  const first = texts.next();
  shell.say('a');
  shell.say('b');
  expect(await first).toEqual({ done: false, value: 'ab' });
  const last = texts.next();
  shell.say('c');
  shell.end(true);
  expect(await last).toEqual({ done: false, value: 'c' });
  expect(await texts.next()).toEqual({ done: true, value: true });
});

it('hands over a character whole whose bytes come apart', async () => {
  const shell = fakeShell();
  const texts = readTerminal(shell);
  const bytes = Buffer.from('a调度');
  const first = texts.next();
  shell.say(bytes.subarray(0, 2));
  expect(await first).toEqual({ done: false, value: 'a' });
  const second = texts.next();
  shell.say(bytes.subarray(2, 5));
  expect(await second).toEqual({ done: false, value: '调' });
  const last = texts.next();
  shell.say(bytes.subarray(5));
  expect(await last).toEqual({ done: false, value: '度' });
});

it('holds the shell back while the reader is slow, and drops nothing', async () => {
  const shell = fakeShell();
  const texts = readTerminal(shell);
  const first = texts.next();
  shell.say('x');
  await first;
  const flood = (letter: string) => {
    let said = '';
    while (!shell.held.now) {
      shell.say(letter.repeat(1024));
      said += letter.repeat(1024);
    }
    return said;
  };
  for (const letter of ['y', 'z']) {
    const said = flood(letter);
    expect(said).toHaveLength(65_536);
    expect(await texts.next()).toEqual({ done: false, value: said });
    expect(shell.held.now).toBe(false);
  }
  expect(shell.held.times).toBe(2);
});

it('tells of a connection that broke', async () => {
  const shell = fakeShell();
  const texts = readTerminal(shell);
  const next = texts.next();
  shell.end(false);
  expect(await next).toEqual({ done: true, value: false });
});
