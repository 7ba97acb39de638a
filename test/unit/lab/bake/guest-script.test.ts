import { describe, expect, it } from 'vitest';
import type { GuestSession } from '../../../../src-main/guest/guest-session.ts';
import type { BakeLog } from '../../../../src-main/lab/bake/bake-log.ts';
import { runScript } from '../../../../src-main/lab/bake/guest-script.ts';

/** A guest that prints in pieces, and ends with a code. */
function guest(exitCode: number, out: readonly Buffer[], errors: readonly string[] = []): GuestSession {
  const stream: GuestSession['stream'] = async (_command, options) => {
    for (const piece of out) options?.onStdout?.(piece);
    for (const line of errors) options?.onStderr?.(Buffer.from(line));
    return { exitCode };
  };
  return { stream } as GuestSession;
}

function fakeLog() {
  const lines: string[] = [];
  const log: BakeLog = {
    file: '/log',
    say: (words) => void lines.push(words),
    quote: (text) => void lines.push(String(text)),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  return { log, lines };
}

const { signal } = new AbortController();
const task = { what: 'install', script: "export http_proxy='http://me:secret@proxy.example:1'\napt" };

describe('runScript', () => {
  it('gives back what was printed, a letter in two pieces too, and tells the last line', async () => {
    const told: (string | undefined)[] = [];
    const bytes = Buffer.from('one\ntwo é\n');
    const session = guest(0, [bytes.subarray(0, 9), bytes.subarray(9)]);
    const { log } = fakeLog();
    expect(await runScript(session, task, { log, signal }, ({ detail }) => told.push(detail))).toBe(
      'one\ntwo é\n',
    );
    expect(told[0]).toContain('two');
  });

  it('says with a failure what was printed last, and keeps a password out of the log', async () => {
    const { log, lines } = fakeLog();
    const session = guest(100, [Buffer.from('Reading\n')], ['E: no such package\n']);
    await expect(runScript(session, task, { log, signal })).rejects.toMatchObject({
      code: 'image-build-failed',
      message: 'The guest could not install.',
      details: { why: 'Exit code 100.\nReading\nE: no such package' },
    });
    expect(lines.join('\n')).toContain('E: no such package');
    expect(lines.join('\n')).not.toContain('secret');
  });
});
