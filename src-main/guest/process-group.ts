import type { Client } from 'ssh2';

const word = 'lvslab-group:';
/** What a shell may print before our line, from its own start-up files. */
const mostBefore = 8192;

/**
 * The command with a first line that tells its process group on standard error. It is by this that a command is ended:
 * OpenSSH before 9.8 refuses the SSH signal request in a session of root, and closing the channel ends nothing that
 * does not write. sshd makes each command the leader of a session, hence of a group.
 */
export function tellingItsGroup(command: string): string {
  return `echo ${word}$$ >&2\n${command}`;
}

/** Takes the group's line out of a command's standard error, and hands on the rest. */
export function createGroupReader(onGroup: (group: number) => void, onRest: (piece: Buffer) => void) {
  let held: Buffer | undefined = Buffer.alloc(0);
  return {
    push(piece: Buffer): void {
      if (!held) {
        onRest(piece);
        return;
      }
      held = Buffer.concat([held, piece]);
      const text = held.toString('latin1');
      const [line, group] = new RegExp(`${word}(\\d+)\\n`).exec(text) ?? [];
      if (line === undefined && held.length < mostBefore) return;
      const at = line === undefined ? 0 : text.indexOf(line);
      const parts = [held.subarray(0, at), held.subarray(at + (line?.length ?? 0))];
      held = undefined;
      if (group !== undefined) onGroup(Number(group));
      for (const part of parts) if (part.length > 0) onRest(part);
    },
    /** Hands on what is still held, when the command has ended. */
    end(): void {
      if (held && held.length > 0) onRest(held);
      held = undefined;
    },
  };
}

/** Sends a signal to a process group in the guest; what fails is left to the caller's next means. */
export function signalGroup(client: Client, group: number, signal: 'TERM' | 'KILL'): void {
  try {
    client.exec(`kill -s ${signal} -- -${group}`, (error, channel) => {
      if (!error) channel.resume().stderr.resume();
    });
  } catch {
    // The connection is gone: the command's own channel tells it.
  }
}
