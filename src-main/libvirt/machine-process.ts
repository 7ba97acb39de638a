import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from '../contract/lab-error.ts';
import { findProcesses, readProcess, type ProcessEntry } from '../process/process-table.ts';

/** Every domain starts with this, so that a person sees whose it is; whose it really is tells the metadata. */
export const domainPrefix = 'lvslab-';

/** The QEMU process of one of our machines, known by its own command line: no daemon is asked. */
export interface MachineProcess extends Omit<ProcessEntry, 'args'> {
  /** The domain's, which QEMU is given as `-uuid`. */
  readonly uuid: string;
  /** The domain's name. */
  readonly name: string;
  /** The files of its disks, its own first or last. */
  readonly disks: readonly string[];
}

/** Milliseconds a machine is given to end after SIGTERM, and then after SIGKILL. */
const termMs = 10_000;
const killMs = 5000;

/** Our machines' processes on this host, of every user whose processes may be seen. */
export async function findMachineProcesses(): Promise<MachineProcess[]> {
  const found = await findProcesses(isMachine);
  return found.flatMap((entry) => describe(entry) ?? []);
}

/** The process of one machine. */
export async function findMachineProcess(uuid: string): Promise<MachineProcess | undefined> {
  return (await findMachineProcesses()).find((machine) => machine.uuid === uuid);
}

/**
 * Ends a machine by its process: SIGTERM, on which QEMU writes out its disks and ends, then SIGKILL. Right before each
 * signal it is looked whether the process is still that machine's, since its number may be given to another.
 * @throws LabError `command-failed` when this user may not, or it does not end.
 */
export async function endMachineProcess(machine: MachineProcess): Promise<void> {
  // One that SIGSTOP has stopped takes SIGTERM only once it goes on.
  if (machine.stopped) await signalMachine(machine, 'SIGCONT');
  for (const [signal, milliseconds] of [
    ['SIGTERM', termMs],
    ['SIGKILL', killMs],
  ] as const) {
    await signalMachine(machine, signal);
    if (await hasEnded(machine, milliseconds)) return;
  }
  throw new LabError('command-failed', `The virtual machine ${machine.name} does not end.`, {
    why: `Process ${machine.pid} was sent SIGTERM, and SIGKILL ${termMs / 1000} s later.`,
    remedy: `See what holds it up: ps -o pid,stat,wchan:32,cmd -p ${machine.pid}. Nothing of it was deleted.`,
  });
}

/** Has a machine whose process was stopped by a signal (SIGSTOP) go on. @throws LabError `command-failed` */
export async function continueMachineProcess(machine: MachineProcess): Promise<void> {
  await signalMachine(machine, 'SIGCONT');
}

/** Sends a signal, unless the process is no longer that machine's. */
async function signalMachine(machine: MachineProcess, signal: NodeJS.Signals): Promise<void> {
  if (!(await isStill(machine))) return;
  try {
    process.kill(machine.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return;
    throw new LabError('command-failed', `The virtual machine ${machine.name} cannot be ended.`, {
      why: `It runs as process ${machine.pid} of the user with the number ${machine.uid}, and this user may not end it.`,
      remedy: `End it as that user or as root: kill ${machine.pid}. Nothing of it was deleted.`,
      cause: error,
    });
  }
}

async function hasEnded(machine: MachineProcess, milliseconds: number): Promise<boolean> {
  const deadline = performance.now() + milliseconds;
  while (await isStill(machine)) {
    if (performance.now() > deadline) return false;
    await sleep(50);
  }
  return true;
}

async function isStill({ pid, startTime, uuid }: MachineProcess): Promise<boolean> {
  const now = await readProcess(pid, isMachine);
  return now?.startTime === startTime && valueOf(now.args, '-uuid') === uuid;
}

function isMachine(args: readonly string[]): boolean {
  const [program = ''] = args;
  const file = program.slice(program.lastIndexOf('/') + 1);
  return file.includes('qemu') && nameOf(args).startsWith(domainPrefix);
}

function describe({ args, ...entry }: ProcessEntry): MachineProcess | undefined {
  const uuid = valueOf(args, '-uuid');
  if (uuid === undefined) return undefined;
  return { ...entry, uuid, name: nameOf(args), disks: args.flatMap((arg) => diskIn(arg)) };
}

function valueOf(args: readonly string[], option: string): string | undefined {
  const at = args.indexOf(option);
  return at === -1 ? undefined : args[at + 1];
}

/** `-name guest=NAME,debug-threads=on`: libvirt's form of it. */
function nameOf(args: readonly string[]): string {
  return /^guest=([^,]*)/.exec(valueOf(args, '-name') ?? '')?.[1] ?? '';
}

/** The file of `-blockdev {"driver":"file","filename":…}`. */
function diskIn(arg: string): string[] {
  if (!arg.startsWith('{') || !arg.includes('"filename"')) return [];
  try {
    const { driver, filename } = JSON.parse(arg) as { driver?: unknown; filename?: unknown };
    return driver === 'file' && typeof filename === 'string' ? [filename] : [];
  } catch {
    return [];
  }
}
