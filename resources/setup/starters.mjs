import { readFileSync } from 'node:fs';
import path from 'node:path';

/** By this variable a program is told who started it; `endWithStarters` in src-main/process reads it. */
export const startersVariable = 'LVSLAB_STARTERS';

/** What npm puts between itself and a script. */
const shells = new Set(['sh', 'dash', 'bash', 'ash', 'busybox', 'zsh', 'ksh']);

/**
 * Those with whose end a program that we start is to end: we, and the npm that runs us, with its shell. A signal may end
 * each of them alone, SIGKILL without a word. Another shell is none of them: what nohup(1) started outlives its own.
 * @param {NodeJS.ProcessEnv} [env]
 * @param {string} [script] Our file.
 * @returns {string} As `PID:START PID:START`, with the start in clock ticks since the host's boot: a number that comes
 *   again is another process.
 */
export function starters(env = process.env, script = process.argv[1] ?? '') {
  const all = [process.pid];
  const { npm_lifecycle_event: event, npm_lifecycle_script: line = '' } = env;
  if (event !== undefined && line.includes(path.basename(script))) {
    const parent = process.ppid;
    all.push(parent);
    const above = describeProcess(parent);
    if (above && shells.has(above.name)) all.push(above.parent);
  }
  return all
    .filter((pid) => pid > 1)
    .map((pid) => `${String(pid)}:${describeProcess(pid)?.start ?? ''}`)
    .join(' ');
}

/**
 * What /proc/PID/stat says (proc(5)): the name is in parentheses, and may have some itself.
 * @param {number} pid
 */
function describeProcess(pid) {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return {
      name: stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')')),
      parent: Number(fields[1]),
      start: fields[19] ?? '',
    };
  } catch {
    return undefined;
  }
}
