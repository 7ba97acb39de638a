import { readdir, readFile } from 'node:fs/promises';

/** A process of this host, as /proc tells of it (proc(5)). */
export interface ProcessEntry {
  readonly pid: number;
  /** Clock ticks between the host's boot and its start: with the pid it names one process and no later one. */
  readonly startTime: string;
  /** A signal has stopped it (SIGSTOP), so that it does nothing until SIGCONT. */
  readonly stopped: boolean;
  /** The user it runs as. */
  readonly uid: number;
  /** Its command line. */
  readonly args: readonly string[];
}

/** The processes whose command line fits; of others nothing more is read. Those that end meanwhile are left out. */
export async function findProcesses(fits: (args: readonly string[]) => boolean): Promise<ProcessEntry[]> {
  const found = await Promise.all((await pids()).map((pid) => readProcess(pid, fits)));
  return found.filter((entry) => entry !== undefined);
}

/** Process numbers of this host, as far as this user sees them (hidepid of proc(5)). */
export async function pids(): Promise<number[]> {
  return (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry)).map(Number);
}

/** One process; undefined when it has ended, is a zombie or does not fit. */
export async function readProcess(
  pid: number,
  fits: (args: readonly string[]) => boolean = () => true,
): Promise<ProcessEntry | undefined> {
  try {
    const args = argumentsOf(await readFile(`/proc/${pid}/cmdline`, 'utf8'));
    if (args.length === 0 || !fits(args)) return undefined;
    const [stat, status] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile(`/proc/${pid}/status`, 'utf8'),
    ]);
    const { state, startTime } = parseStat(stat);
    if (state === 'Z' || state === 'X') return undefined;
    const uid = Number(/^Uid:\s+(\d+)/m.exec(status)?.[1] ?? -1);
    return { pid, startTime, stopped: state === 'T', uid, args };
  } catch {
    return undefined; // It ended meanwhile.
  }
}

/** The arguments in /proc/PID/cmdline, each of which ends with a NUL. */
function argumentsOf(cmdline: string): string[] {
  return cmdline === '' ? [] : cmdline.replace(/\0$/, '').split('\0');
}

/** State and start time (fields 3 and 22) of /proc/PID/stat. */
export function parseStat(stat: string): { readonly state: string; readonly startTime: string } {
  // The second field, the program's name in parentheses, may hold spaces and parentheses itself.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0] ?? '', startTime: fields[19] ?? '' };
}
