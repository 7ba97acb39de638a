import { open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from '../contract/lab-error.ts';
import { connectGuest, connectWhenNeeded } from '../guest/connect-guest.ts';
import type { GuestSession } from '../guest/guest-session.ts';
import type { LabContext } from './lab-context.ts';
import type { Host } from './machine.ts';
import { conditionOf } from './machines.ts';
import { conditionWords } from './machine-words.ts';

/** How a machine's image lets us in, and for how long that is waited for. */
interface Login extends Pick<Host, 'bootTimeout'> {
  readonly image: Pick<Host['image'], 'sshUser' | 'privateKeyPath' | 'hostKey'>;
}

/** A machine that is coming up. */
interface WatchedMachine {
  /** For messages. */
  readonly node: string;
  readonly uuid: string;
  readonly sshPort: number;
  readonly consoleLog: string;
  /** The host key it shows; the image's where it has none of its own yet. */
  readonly hostKey?: string | undefined;
  /** It was restored. */
  readonly goesOn?: boolean;
  /** The host key it will be given. */
  readonly nextHostKey?: string | undefined;
}

/** What a kernel or systemd writes to the console when it gives up. */
const hopeless = /Kernel panic|Unable to mount root|Failed to mount|emergency mode|Freezing execution/i;

/** Why a machine is paused that does not go on by itself; for others libvirt itself pauses it for a moment. */
const halting = ['user', 'I/O error', 'watchdog', 'crashed', 'panicked', 'stopped by a signal'];

/** Connects, and gives up before the time is over when the machine has gone or its console shows it never will. */
export async function connectWatched(
  context: LabContext,
  machine: WatchedMachine,
  { image, bootTimeout }: Login,
  signal: AbortSignal,
): Promise<GuestSession> {
  const { consoleLog } = machine;
  const connected = new AbortController();
  const gaveUp = new AbortController();
  const watch = watchBoot(context, machine, AbortSignal.any([signal, connected.signal])).then((why) => {
    gaveUp.abort();
    return why;
  });
  try {
    return await connectGuest({
      ...addressOf(machine, { image, bootTimeout }),
      nextHostKey: machine.nextHostKey,
      signal: AbortSignal.any([signal, gaveUp.signal]),
    });
  } catch (error) {
    if (signal.aborted) throw error;
    connected.abort();
    const why = await watch;
    if (!why && !(error instanceof LabError && error.code === 'guest-unreachable')) throw error;
    throw new LabError('node-does-not-boot', 'The virtual machine did not come up.', {
      why: why ?? `SSH did not answer within ${bootTimeout} s. ${await lastLines(consoleLog)}`.trim(),
      remedy:
        "Build the guest image anew ('lvslab image rm --all', 'lvslab image build'); on a slow host give it longer with --boot-timeout.",
      cause: error,
    });
  } finally {
    connected.abort();
  }
}

/** A session with a machine that answers by another way already: it is logged in to when it is first of use. */
export function connectLater(machine: WatchedMachine, host: Login): Promise<GuestSession> {
  return connectWhenNeeded(addressOf(machine, host));
}

function addressOf({ node, sshPort: port, hostKey, goesOn }: WatchedMachine, { image, bootTimeout }: Login) {
  return {
    ...{ node, host: '127.0.0.1', port, user: image.sshUser, privateKeyPath: image.privateKeyPath },
    ...{ hostKey: hostKey ?? image.hostKey, goesOn, timeout: bootTimeout * 1000 },
  };
}

/** @returns Why the node will not boot, once that is clear; undefined when told to stop looking. */
async function watchBoot(
  context: LabContext,
  { uuid, consoleLog }: WatchedMachine,
  signal: AbortSignal,
): Promise<string | undefined> {
  for (;;) {
    await sleep(2000, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return undefined;
    const line = (await consoleTail(consoleLog)).split('\n').find((text) => hopeless.test(text));
    if (line) return `Its console says: ${line.trim()}`;
    // libvirt may be busy.
    const condition = await conditionOf(context.connection, { name: uuid, uuid }).catch(() => undefined);
    if (condition?.state === 'off') return `It ended by itself. ${await lastLines(consoleLog)}`.trim();
    if (condition && halting.includes(condition.reason ?? ''))
      return `It is ${conditionWords(condition)}. ${await lastLines(consoleLog)}`.trim();
  }
}

async function lastLines(consoleLog: string): Promise<string> {
  const lines = (await consoleTail(consoleLog)).split('\n').filter((line) => line.trim());
  return lines.length ? `Its console ends with: ${lines.slice(-3).join(' / ')}` : 'Its console is empty.';
}

/** The last 8 KiB of the console; as root it belongs to QEMU's user, who may not have made it yet. */
export async function consoleTail(file: string): Promise<string> {
  const length = 8192;
  try {
    await using handle = await open(file);
    const { size } = await handle.stat();
    const { buffer, bytesRead } = await handle.read(
      Buffer.alloc(length),
      0,
      length,
      Math.max(0, size - length),
    );
    return buffer.toString('utf8', 0, bytesRead);
  } catch {
    return '';
  }
}
