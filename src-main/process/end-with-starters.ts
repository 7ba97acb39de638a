import { readFileSync } from 'node:fs';

/** By it the launchers (resources/setup) say who started a program: `PID:START PID:START`. */
const variable = 'LVSLAB_STARTERS';

/** Milliseconds between two looks: nothing tells a process that another one, which is not its child, has ended. */
const lookAgainMs = 500;

/**
 * Ends this process in order when one of those that started it has ended: the launcher, or the npm that ran it. A signal
 * that such a one got may not have come here, and SIGKILL never does. It is done by SIGTERM to ourselves, so that
 * whatever that does is done. Programs that this one starts know nothing of it. Without launchers it does nothing.
 */
export function endWithStarters(env: NodeJS.ProcessEnv = process.env): void {
  const starters = (env[variable] ?? '').split(' ').filter(Boolean);
  Reflect.deleteProperty(env, variable);
  if (starters.length === 0) return;
  const timer = setInterval(() => {
    if (starters.every(isAlive)) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, lookAgainMs);
  timer.unref();
}

/** Whether that very process runs; a zombie has ended (proc(5), fields 3 and 22 of stat). */
function isAlive(starter: string): boolean {
  const [pid = '', start = ''] = starter.split(':');
  try {
    const stat = readFileSync(`/proc/${Number(pid)}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] !== 'Z' && fields[19] === start;
  } catch {
    return false;
  }
}
