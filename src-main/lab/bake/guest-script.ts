import { StringDecoder } from 'node:string_decoder';
import { LabError } from '../../contract/lab-error.ts';
import type { GuestSession } from '../../guest/guest-session.ts';
import type { GuestTask } from '../../image/bake/guest-scripts.ts';
import type { StepProgress } from '../task.ts';
import type { Baking } from './baking.ts';

/** Milliseconds: packages are fetched and installed under emulation, some of them over a slow line. */
const scriptMs = 3_600_000;

/** How many lines of a script's output an error repeats. */
const lastLines = 4;

/**
 * Runs a shell script in the guest to its end, with its text and what it prints in the log.
 * @param tell Hears what it prints, the last line of each piece.
 * @returns what it wrote to standard output
 * @throws LabError `image-build-failed` with the last lines it printed, when it ends with another code than 0.
 */
export async function runScript(
  session: GuestSession,
  { what, script }: GuestTask,
  { log, signal }: Pick<Baking, 'log' | 'signal'>,
  tell: (progress: StepProgress) => void = () => undefined,
): Promise<string> {
  log.say(`The guest is to ${what}:`);
  log.quote(`${withoutPasswords(script.trim())}\n`);
  log.say('It printed:');
  const [stdout, all] = [createText(), createText()];
  const heard = (piece: Buffer) => {
    all.push(piece);
    log.quote(piece);
    const line = String(piece).trim().split('\n').at(-1);
    if (line) tell({ detail: line.slice(0, 80) });
  };
  const { exitCode } = await session.stream(script, {
    signal,
    timeout: scriptMs,
    onStdout: (piece) => {
      stdout.push(piece);
      heard(piece);
    },
    onStderr: heard,
  });
  if (exitCode === 0) return stdout.text();
  const lines = all
    .text()
    .split('\n')
    .filter((line) => line.trim());
  throw new LabError('image-build-failed', `The guest could not ${what}.`, {
    why: [`Exit code ${exitCode}.`, ...lines.slice(-lastLines)].join('\n'),
    remedy:
      'See in the log what it printed; where packages could not be fetched, see that this host reaches their mirror.',
  });
}

/** A log may be shown to others; a proxy's address has its user's password in it. */
function withoutPasswords(script: string): string {
  return script.replaceAll(/:\/\/[^/\s]*@/g, '://…@');
}

function createText() {
  const decoder = new StringDecoder();
  let text = '';
  return {
    push: (piece: Buffer) => void (text += decoder.write(piece)),
    text: () => text,
  };
}
