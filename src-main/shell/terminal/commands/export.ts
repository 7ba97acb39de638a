import { Option, type Command } from 'commander';
import { LabError } from '../../../contract/lab-error.ts';
import { exportIpvsadm } from '../../../export/director-rules.ts';
import { exportKeepalived, healthChecks, type HealthCheck } from '../../../export/keepalived-conf.ts';
import { exportScripts } from '../../../export/export-scripts.ts';
import type { ExportFile, ExportSource } from '../../../export/export-source.ts';
import { exportUnits } from '../../../export/export-units.ts';
import { sourceOfPlan } from '../../../export/source-of-plan.ts';
import { writeFiles } from '../../../export/write-files.ts';
import { chooseGuest } from '../../../lab/choose-guest.ts';
import type { LabContext } from '../../../lab/lab-context.ts';
import { hasRecord, readRecord } from '../../../lab/lab-record.ts';
import { readTableOf } from '../../../lab/read-table-of.ts';
import { draftPlan } from '../../../plan/draft-plan.ts';
import { planMode } from '../../../plan/plan-mode.ts';
import { loadTemplate } from '../../../template/load-template.ts';
import { act, jsonOption } from '../act.ts';
import { addTemplateOptions, chooseTemplate, type TemplateFlags } from '../template-options.ts';

interface SourceFlags extends TemplateFlags {
  readonly mode?: string;
}

export function addExport(program: Command): void {
  const parent = program
    .command('export')
    .description('write down what was done, for machines without LVS Lab');
  addScripts(parent);
  addUnits(parent);
  addKeepalived(parent);
  addIpvsadm(parent);
}

function addScripts(parent: Command): void {
  addFiles(
    exportCommand(parent, 'scripts').description(
      'write a shell script for each node that sets it up, and one that takes that back',
    ),
    exportScripts,
  );
}

function addUnits(parent: Command): void {
  addFiles(
    exportCommand(parent, 'units').description(
      'write files for each node, a systemd unit among them, that keep it over a restart of the machine',
    ),
    exportUnits,
  );
}

function addFiles(command: Command, filesOf: (source: ExportSource) => ExportFile[]): void {
  command
    .requiredOption('-o, --output <folder>', 'where they are written')
    .option('--force', 'replace files that are there')
    .action(
      act(
        async ({ context, output }, flags: SourceFlags & { output: string; force?: boolean }, name = '') => {
          const files = filesOf(await sourceOf(context, name, flags));
          await writeFiles(flags.output, files, { force: flags.force ?? false });
          const names = files.map((file) => file.name);
          output.emit({ folder: flags.output, files: names });
          output.print(`Written to ${flags.output}: ${names.join(', ')}`);
          return undefined;
        },
      ),
    );
}

function addKeepalived(parent: Command): void {
  exportCommand(parent, 'keepalived')
    .description('print a keepalived.conf for the director')
    .addOption(
      new Option('--check <kind>', 'how real servers are checked').choices(healthChecks).default('http'),
    )
    .option('--vrrp', 'let keepalived hold the virtual IP address too')
    .action(
      act(
        async (
          { context, output },
          flags: SourceFlags & { check: HealthCheck; vrrp?: boolean },
          name = '',
        ) => {
          const source = await sourceOf(context, name, flags);
          const config = exportKeepalived(source, { check: flags.check, vrrp: flags.vrrp ?? false });
          output.emit({ keepalived: config });
          output.print(config.trimEnd());
          return undefined;
        },
      ),
    );
}

function addIpvsadm(parent: Command): void {
  exportCommand(parent, 'ipvsadm')
    .description("print the director's table in the form that 'ipvsadm -R' takes")
    .action(
      act(async ({ context, output }, flags: SourceFlags, name = '') => {
        const rules = exportIpvsadm(await sourceOf(context, name, flags));
        output.emit({ ipvsadm: rules });
        output.print(rules.trimEnd());
        return undefined;
      }),
    );
}

function exportCommand(parent: Command, name: string): Command {
  return addTemplateOptions(parent.command(name))
    .argument('<lab-or-template>', 'a lab of yours, or else a template')
    .option('--mode <mode>', "how it forwards (default: the lab's mode, or the template's first)")
    .addOption(jsonOption());
}

/** A lab's own plan, with its addresses and MACs; for a template the plan of a lab that is not there. */
async function sourceOf(context: LabContext, name: string, flags: SourceFlags): Promise<ExportSource> {
  if (await hasRecord(context.dataFolder, name)) return labSource(context, name, flags);
  const choice = await chooseTemplate(context, name, flags);
  const [first = ''] = Object.keys(choice.template.modes);
  const guest = await chooseGuest(context, choice.image);
  const plan = draftPlan(choice.template, { ...choice, guest, mode: flags.mode ?? first });
  return sourceOfPlan(choice.template, plan);
}

async function labSource(
  context: LabContext,
  name: string,
  { mode, option, realServers, weight, image }: SourceFlags,
): Promise<ExportSource> {
  if (option ?? realServers ?? weight ?? image) {
    throw new LabError('bad-input', `'${name}' is a lab: what it has was chosen when it was made.`, {
      remedy: 'Leave out --option, --real-servers, --weight and --image, or name a template.',
    });
  }
  const record = await readRecord(context.dataFolder, name);
  const { plan } = record;
  const template = await loadTemplate(context.templatesFolder, plan.template);
  if (mode !== undefined) return sourceOfPlan(template, planMode(plan, template, mode));
  return { ...sourceOfPlan(template, plan), table: await readTableOf(context, record) };
}
