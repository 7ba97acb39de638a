import { toErrorInfo } from '../../contract/lab-error.ts';
import { recoverLabs, type Recovery } from '../../lab/recover-labs.ts';
import type { Act } from './act.ts';
import { holdCommand } from '../hold-command.ts';

const words: Record<Exclude<Recovery['outcome'], 'failed'>, (lab: string) => string> = {
  adopted: (lab) => `The lab ${lab}, whose process had gone, has one again.`,
  finished: (lab) => `What was begun with the lab ${lab} is finished.`,
  undone: (lab) => `The lab ${lab}, which was never finished, is cleared away.`,
};

/** Mends what a crash left, before anything else is done, and says so. */
export async function recover({ context, output, work }: Act): Promise<Recovery[]> {
  const recovered = await recoverLabs(context, { ...work, command: holdCommand });
  for (const each of recovered) {
    if (each.outcome !== 'failed') output.note(words[each.outcome](each.lab));
    else
      output.note(
        `The lab ${each.lab} could not be mended, and is left as it is: ${toErrorInfo(each.error).message}`,
      );
  }
  return recovered;
}
