import { LabError } from '../contract/lab-error.ts';
import type { GuestShell } from '../guest/guest-session.ts';
import { parseStats, type StatsService } from './ipvsadm-stats.ts';
import { parseTable, type TableService } from './ipvsadm-table.ts';

/** How long after a load its counters are whole, in milliseconds: the kernel sums them every 2 s. */
export const statsSettleMs = 2200;

/** The director's services, their real servers and weights. */
export async function readTable(director: GuestShell, signal?: AbortSignal): Promise<TableService[]> {
  return parseTable(await list(director, 'ipvsadm -Ln', signal));
}

/** The director's counters, true as of up to `statsSettleMs` ago. */
export async function readStats(director: GuestShell, signal?: AbortSignal): Promise<StatsService[]> {
  return parseStats(await list(director, 'ipvsadm -Ln --stats --exact', signal));
}

async function list(director: GuestShell, command: string, signal?: AbortSignal): Promise<string> {
  const { exitCode, stdout, stderr } = await director.run(command, { signal });
  if (exitCode === 0) return stdout;
  throw new LabError('guest-command-failed', `\`${command}\` failed on the director.`, {
    why: stderr.trim() || `exit code ${exitCode}`,
    remedy: 'Check that the module is loaded: `modprobe ip_vs` on the director.',
  });
}
