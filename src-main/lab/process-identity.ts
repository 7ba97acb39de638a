import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { parseStat } from '../process/process-table.ts';

/** A process, told apart from a later one that was given the same number. */
export const processIdentitySchema = z.object({
  pid: z.number().int().positive(),
  /** Clock ticks between the host's boot and the process's start: field 22 of /proc/PID/stat (proc(5)). */
  startTime: z.string(),
  /** The boot of the host it belongs to (random/boot_id of proc(5)): numbers and ticks begin anew with the next. */
  boot: z.string().optional(),
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
  const identity = { pid: process.pid, startTime: startTimeOf(process.pid) ?? '', boot: bootId() };
  return isApplication ? { ...identity, application: true } : identity;
}

/** Whether that very process still runs; a zombie does not. */
export function isAlive({ pid, startTime, boot }: ProcessIdentity): boolean {
  return (boot === undefined || boot === bootId()) && startTimeOf(pid) === startTime;
}

/** Asks that very process to end; none is asked in its place when it has gone. */
export function askToEnd(identity: ProcessIdentity, signal: NodeJS.Signals = 'SIGTERM'): void {
  if (isAlive(identity)) process.kill(identity.pid, signal);
}

function startTimeOf(pid: number): string | undefined {
  try {
    const { state, startTime } = parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    return state === 'Z' ? undefined : startTime;
  } catch {
    return undefined;
  }
}

let thisBoot: string | undefined;

function bootId(): string {
  return (thisBoot ??= readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
}
