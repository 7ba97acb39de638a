import { LabError } from '../contract/lab-error.ts';
import { CommandError } from '../process/command-error.ts';
import { run } from '../process/run.ts';
import type { Connection } from './connection.ts';

interface VirshOptions {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds. */
  readonly timeout?: number;
}

const defaultTimeout = 30_000;

/**
 * Runs one virsh command.
 * @param operation What it is for, as the object of "could not": 'start the virtual machine of rs1'.
 * @returns What it wrote to standard output.
 * @throws LabError `libvirt-away` when libvirt does not answer at all, `command-failed` when it says no.
 */
export async function virsh(
  connection: Connection,
  operation: string,
  args: readonly string[],
  options: VirshOptions = {},
): Promise<string> {
  try {
    return await call(connection, args, options);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    if (error.cancelled) throw new LabError('cancelled', `Cancelled: ${operation}.`, { cause: error });
    if (error.notFound || error.timedOut || !(await libvirtAnswers(connection)))
      throw libvirtAway(connection, error);
    throw new LabError('command-failed', `libvirt could not ${operation}.`, {
      why: error.lastWords,
      remedy: "Run 'lvslab doctor' to check this host.",
      cause: error,
    });
  }
}

/** Whether libvirt answers at all: asked anew, since the words of a failure differ by version and language. */
export async function libvirtAnswers(connection: Connection): Promise<boolean> {
  try {
    await call(connection, ['uri']);
    return true;
  } catch {
    return false;
  }
}

/**
 * Makes sure that libvirt answers, before something is ended that only libvirt can start again.
 * @throws LabError `libvirt-away`
 */
export async function demandLibvirt(connection: Connection): Promise<void> {
  try {
    await call(connection, ['uri']);
  } catch (error) {
    throw error instanceof CommandError ? libvirtAway(connection, error) : error;
  }
}

/** Versions as libvirt tells them, of itself and of the QEMU it would run. */
export async function libvirtVersion(connection: Connection): Promise<{ libvirt: string; qemu: string }> {
  const output = await virsh(connection, 'tell its version', ['version']);
  const find = (pattern: RegExp) => pattern.exec(output)?.[1] ?? 'unknown';
  return { libvirt: find(/Using library: libvirt (\S+)/), qemu: find(/Running hypervisor: QEMU (\S+)/) };
}

async function call(
  connection: Connection,
  args: readonly string[],
  options: VirshOptions = {},
): Promise<string> {
  const { stdout } = await run('virsh', ['--quiet', '--connect', connection.uri, ...args], {
    timeout: options.timeout ?? defaultTimeout,
    signal: options.signal,
    env: connection.env,
  });
  return stdout;
}

function libvirtAway(connection: Connection, error: CommandError): LabError {
  return new LabError('libvirt-away', `libvirt does not answer at ${connection.uri}.`, {
    why: error.lastWords,
    remedy: error.notFound
      ? "Install libvirt's clients (package libvirt-clients, or libvirt-client on Fedora)."
      : "Run 'lvslab doctor --fix', or start libvirt: 'systemctl start libvirtd'.",
    cause: error,
  });
}
