import type { Command } from 'commander';
import { namesOf } from '../../../lab/service-report.ts';
import { withDirector } from '../../../lab/with-director.ts';
import { followIpvs } from '../../../ipvs/follow-ipvs.ts';
import { readIpvs } from '../../../ipvs/read-ipvs.ts';
import { act, jsonOption, type Act } from '../act.ts';
import { createIpvsView } from '../ipvs-view.ts';
import { describeIpvs } from '../describe-ipvs.ts';

export function addIpvs(program: Command): void {
  program
    .command('ipvs')
    .argument('<lab>', 'the name of a lab')
    .description("tell the director's services, real servers and connections, with rates and counters")
    .option('--watch', 'every second anew, with what changed marked, until Ctrl-C')
    .addOption(jsonOption())
    .action(
      act(async (given, { watch = false }: { watch?: boolean }, lab = '') => {
        await (watch ? follow(given, lab) : look(given, lab));
        return undefined;
      }),
    );
}

function look({ context, output, work: { signal } }: Act, lab: string): Promise<void> {
  return withDirector(context, lab, signal, async (director, plan) => {
    const snapshot = await readIpvs(director, { signal });
    output.emit({ lab, ...snapshot });
    output.print(describeIpvs(snapshot, namesOf(snapshot, plan)));
  });
}

/** Ctrl-C is how it is meant to end. */
function follow({ context, output, work: { signal } }: Act, lab: string): Promise<void> {
  return withDirector(context, lab, signal, async (director, plan) => {
    const view = createIpvsView(output, process.stdout);
    try {
      for await (const read of followIpvs(director, { signal }))
        view.show(read, namesOf(read.snapshot, plan));
    } finally {
      view.end();
    }
  });
}
