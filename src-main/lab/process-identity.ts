import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** A process, told apart from a later one that was given the same number. */
export const processIdentitySchema = z.object({
  pid: z.number().int().positive(),
  /** Clock ticks between the host's boot and the process's start: field 22 of /proc/PID/stat (proc(5)). */
  startTime: z.string(),
  /** It is the application, which has other labs and pages too: it is asked to give a lab up, and not to end. */
  application: z.literal(true).optional(),
});
export type ProcessIdentity = z.infer<typeof processIdentitySchema>;

let isApplication = false;

/** Has this process known as the application in the records of the labs that it owns from now on. */
export function beApplication(): void {
  isApplication = true;
}

/** The process this runs in. */
export function ownIdentity(): ProcessIdentity {
  const identity = { pid: process.pid, startTime: startTimeOf(process.pid) ?? '' };
  return isApplication ? { ...identity, application: true } : identity;
}

/** Whether that very process still runs; a zombie does not. */
export function isAlive({ pid, startTime }: ProcessIdentity): boolean {
  return startTimeOf(pid) === startTime;
}

/** Asks that very process to end; none is asked in its place when it has gone. */
export function askToEnd(identity: ProcessIdentity, signal: NodeJS.Signals = 'SIGTERM'): void {
  if (isAlive(identity)) process.kill(identity.pid, signal);
}

function startTimeOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field, the program's name in parentheses, may hold spaces and parentheses itself.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}
