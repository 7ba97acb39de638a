import type { ExportedFile, ExportKind } from '../contract/exported-files.ts';
import { exportIpvsadm } from '../export/director-rules.ts';
import { exportScripts } from '../export/export-scripts.ts';
import type { ExportSource } from '../export/export-source.ts';
import { exportUnits } from '../export/export-units.ts';
import { exportKeepalived } from '../export/keepalived-conf.ts';
import { sourceOfPlan } from '../export/source-of-plan.ts';
import type { LabContext } from '../lab/lab-context.ts';
import { readRecord } from '../lab/lab-record.ts';
import { readTableOf } from '../lab/read-table-of.ts';
import { loadTemplate } from '../template/load-template.ts';

const exports: Record<ExportKind, (source: ExportSource) => ExportedFile[]> = {
  scripts: exportScripts,
  units: exportUnits,
  keepalived: (source) => [
    { name: 'keepalived.conf', content: exportKeepalived(source, { check: 'http', vrrp: false }) },
  ],
  ipvsadm: (source) => [{ name: 'ipvsadm.rules', content: exportIpvsadm(source) }],
};

/** What a lab's recipe did, in a form that can be taken along. @throws LabError as the form's own function does. */
export async function exportLab(context: LabContext, lab: string, kind: ExportKind): Promise<ExportedFile[]> {
  const record = await readRecord(context.dataFolder, lab);
  const template = await loadTemplate(context.templatesFolder, record.plan.template);
  // Scripts and units do what the recipe does; the others are the director's table, as it is.
  const table = ['keepalived', 'ipvsadm'].includes(kind) ? await readTableOf(context, record) : undefined;
  const files = exports[kind]({ ...sourceOfPlan(template, record.plan), table });
  return files.map(({ name, content }) => ({ name, content }));
}
