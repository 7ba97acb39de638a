import type { Command } from 'commander';
import { listTemplates } from '../../../template/list-templates.ts';
import { act, jsonOption } from '../act.ts';
import { table } from '../table.ts';

export function addTemplates(program: Command): void {
  program
    .command('templates')
    .description('list the labs that can be started')
    .addOption(jsonOption())
    .action(
      act(async ({ context, output }) => {
        const templates = await listTemplates(context.templatesFolder);
        output.emit({ templates });
        output.print(
          table(
            ['TEMPLATE', 'MODES', 'NODES', 'WHAT IT IS'],
            templates.map(({ name, modes, nodes, title }) => [
              name,
              Object.keys(modes).join(', '),
              String(nodes.length),
              title.en,
            ]),
          ),
        );
        return undefined;
      }),
    );
}
