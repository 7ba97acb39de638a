import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from '../contract/lab-error.ts';
import { CommandError } from '../process/command-error.ts';
import { run } from '../process/run.ts';
import type { Connection } from './connection.ts';
import { libvirtAnswers } from './virsh.ts';

interface StartOptions {
  /** Whether a trial guest ran under KVM (detectAcceleration). */
  readonly kvmWorks: boolean;
  readonly signal: AbortSignal;
}

const system: Connection = { uri: 'qemu:///system', env: {} };

/** The daemon probes each QEMU it finds before it answers. */
const patienceMs = 60_000;

/** Whether this process may start the daemons behind a connection. A user's session daemon is started by libvirt itself. */
export function canStartDaemons({ uri }: Connection): boolean {
  return process.getuid?.() === 0 && uri === system.uri;
}

/**
 * Starts libvirt's system daemons as root, by systemd where it runs, by hand where it does not (a container, a
 * minimal VM), and waits until they answer. Does nothing when they already do.
 * @throws LabError `libvirt-away` with the words of the daemon that did not start, `cancelled`.
 */
export async function startLibvirtDaemons({ kvmWorks, signal }: StartOptions): Promise<void> {
  if (await libvirtAnswers(system)) return;
  const refusals = existsSync('/run/systemd/system')
    ? await startUnits(signal)
    : [await attempt('virtlogd', ['-d'], signal), await attempt(...libvirtdCommand(kvmWorks), signal)];
  await waitForAnswer(refusals.filter(Boolean).join('; '), signal);
}

/** Hosts have one daemon for all (Debian) or one for QEMU alone, woken by its socket (Fedora). */
async function startUnits(signal: AbortSignal): Promise<string[]> {
  const modular = await attempt('systemctl', ['start', 'virtqemud.socket'], signal);
  return modular ? [modular, await attempt('systemctl', ['start', 'libvirtd.service'], signal)] : [];
}

/**
 * Where KVM is broken the daemon must not be able to open /dev/kvm: it would probe QEMU anew at each start of a guest,
 * and wait for the probes' zombies where no init reaps them (40 to 60 s were measured, 1 s without). A device that no
 * one may open takes its place, in a mount namespace of the daemon's own: a /dev/null there looks like a KVM that has
 * come back, and a plain file cannot be moved into the /dev that libvirt makes for each guest.
 */
function libvirtdCommand(kvmWorks: boolean): [string, string[]] {
  if (kvmWorks || !existsSync('/dev/kvm')) return ['libvirtd', ['-d']];
  const closed = '/run/lvslab-closed-kvm';
  const script = `rm -f ${closed} && mknod -m 000 ${closed} c 1 3 && mount --bind ${closed} /dev/kvm && exec libvirtd -d`;
  return ['unshare', ['--mount', '--propagation', 'slave', 'sh', '-c', script]];
}

/** @returns Why the command failed; an empty string when it did not. A daemon that runs already refuses a second. */
async function attempt(command: string, args: readonly string[], signal: AbortSignal): Promise<string> {
  try {
    await run(command, args, { signal, timeout: patienceMs });
    return '';
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    if (error.cancelled) throw cancelled(error);
    return error.lastWords;
  }
}

async function waitForAnswer(refusal: string, signal: AbortSignal): Promise<void> {
  // A refusal may only mean that another process starts the same daemon at this moment.
  const patience = refusal ? 5000 : patienceMs;
  const deadline = performance.now() + patience;
  do {
    if (await libvirtAnswers(system)) return;
    await sleep(200, undefined, { signal }).catch((error: unknown) => {
      throw cancelled(error);
    });
  } while (performance.now() < deadline);
  throw new LabError('libvirt-away', 'libvirt was started and does not answer.', {
    why: refusal || `No answer at ${system.uri} within ${patience / 1000} s.`,
    remedy: "Look at what 'libvirtd' prints when it is started in a terminal.",
  });
}

function cancelled(cause: unknown): LabError {
  return new LabError('cancelled', 'Cancelled: start libvirt.', { cause });
}
