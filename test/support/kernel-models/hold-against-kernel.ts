import { readFile } from 'node:fs/promises';
import type { GuestSession } from '../../../src-main/guest/guest-session.ts';
import { followTranscript, type Agreement } from './follow.ts';

const script = '/run/lvslab-model-director.pl';

/**
 * Makes a director in a network namespace of a guest, has it go through a program, and holds the models against what its
 * kernel did. The guest needs perl, ipvsadm and the modules of ip_vs; nothing of it stays but loaded modules.
 */
export async function holdModelsAgainstKernel(
  node: GuestSession,
  program: string,
  schedulers: readonly string[],
): Promise<Agreement> {
  const source = await readFile(new URL('director.pl', import.meta.url), 'utf8');
  await runIn(node, `cat > ${script}`, source);
  const modules = schedulers.map((name) => `modprobe ip_vs_${name} || exit`).join('; ');
  const kernel = await runIn(node, `${modules}; uname -rv`);
  const transcript = await runIn(
    node,
    `unshare -n perl ${script}; code=$?; rm ${script}; exit $code`,
    program,
  );
  return followTranscript(program, transcript, kernel);
}

async function runIn(node: GuestSession, command: string, input = ''): Promise<string> {
  const { exitCode, stdout, stderr } = await node.run(command, { input });
  if (exitCode !== 0) throw new Error(`${command}: code ${exitCode}\n${stderr}`);
  return stdout;
}
