/** What a shell tells of its command lines, by `tellingShell`. */
interface Told {
  /** As a line begins, or once it has ended. */
  readonly way: string;
  /** The shell's process: another shell within it counts its own lines. */
  readonly pid: string;
  readonly histControl: string;
  readonly line: string;
}

/** The longest sequence, with room to spare: beyond it, what looks like one is output. */
const longest = 8192;

/**
 * Takes out of a shell's output what it tells of its command lines. The returned function takes pieces of any size and
 * returns what is left of them; the beginning of a sequence waits for its end.
 * @param mark As `tellingShell` was given it.
 * @param onLine Hears each line that was typed.
 */
export function createTypedReader(mark: string, onLine: (line: string) => void): (text: string) => string {
  const start = `\u001b]7791;${mark};`;
  const hear = createHearing(onLine);
  let waiting = '';
  return (text) => {
    let rest = waiting + text;
    let shown = '';
    for (;;) {
      const at = rest.indexOf(start);
      if (at === -1) break;
      const end = rest.indexOf('\u0007', at);
      if (end === -1 && rest.length - at < longest) break;
      shown += rest.slice(0, end === -1 ? at + start.length : at);
      if (end !== -1) hear(toTold(rest.slice(at + start.length, end)));
      rest = rest.slice(end === -1 ? at + start.length : end + 1);
    }
    const held = heldFrom(rest, start);
    waiting = rest.slice(held);
    return shown + rest.slice(0, held);
  };
}

/** Where a sequence begins that is not whole yet: its start, or the first letters of that at the very end. */
function heldFrom(text: string, start: string): number {
  const whole = text.indexOf(start);
  if (whole !== -1) return whole;
  for (let length = Math.min(start.length - 1, text.length); length > 0; length -= 1)
    if (text.endsWith(start.slice(0, length))) return text.length - length;
  return text.length;
}

function toTold(fields: string): Told | undefined {
  const [way, pid, histControl, base64] = fields.split(';');
  if (way === undefined || pid === undefined || histControl === undefined || base64 === undefined)
    return undefined;
  return { way, pid, histControl, line: Buffer.from(base64, 'base64').toString('utf8') };
}

/**
 * The history tells its last line, which is not the one that was typed where the shell keeps that one out of it: a line
 * with a blank before it, by HISTCONTROL. Such a line looks as if the one before it came again, and neither is told; nor is,
 * where the history may leave lines out, a shell's first one, which cannot be held against another.
 */
function createHearing(onLine: (line: string) => void): (told: Told | undefined) => void {
  const last = new Map<string, string>();
  return (told) => {
    if (!told) return;
    const { way, pid, histControl, line } = told;
    const before = last.get(pid);
    last.set(pid, line);
    // Before the first line a prompt tells what an earlier shell left in the history, and after an empty one the same again.
    if (way === '1' && (before === undefined || before === line)) return;
    // Where the first line of a shell may be left out, the one that is told may be of an earlier shell too.
    if ((before === undefined || before === line) && /\bignore(?:space|both)\b/.test(histControl)) return;
    const typed = /^\s*\d+[* ]\s?(.*)$/s.exec(line)?.[1]?.trim();
    if (typed) onLine(typed);
  };
}
