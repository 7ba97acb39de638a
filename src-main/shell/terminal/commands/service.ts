import type { Command } from 'commander';
import { changedServiceSchema } from '../../../contract/service-changes.ts';
import { askLab } from '../../../lab/ask-lab.ts';
import { reportService } from '../../../lab/service-report.ts';
import { withDirector } from '../../../lab/with-director.ts';
import { readIpvs } from '../../../ipvs/read-ipvs.ts';
import { act, jsonOption, type Act } from '../act.ts';
import { describeService } from '../describe-service.ts';
import { holdCommand } from '../../hold-command.ts';
import { recover } from '../recover.ts';
import { addServiceOptions, changesOf, type ServiceFlags } from '../service-options.ts';

export function addService(program: Command): void {
  const command = program
    .command('service')
    .argument('<lab>', 'the name of a lab')
    .description('tell what a running lab has for its virtual service, or change it in place');
  addServiceOptions(command)
    .addOption(jsonOption())
    .action(
      act(async (given, flags: ServiceFlags, lab = '') => {
        const changes = changesOf(flags);
        const asked = Object.keys(changes).length > 0;
        const report = asked ? await change(given, lab, changes) : await look(given, lab);
        given.output.emit({ lab, ...report });
        given.output.print(describeService(report));
        return undefined;
      }),
    );
}

async function change(given: Act, lab: string, changes: ReturnType<typeof changesOf>) {
  await recover(given);
  const request = { verb: 'service' as const, changes };
  const answer = await askLab(given.context, lab, request, { ...given.work, command: holdCommand });
  return changedServiceSchema.parse(answer);
}

function look({ context, work: { signal } }: Act, lab: string) {
  return withDirector(context, lab, signal, async (director, plan) =>
    reportService(await readIpvs(director, { signal, mostConnections: 1 }), plan),
  );
}
