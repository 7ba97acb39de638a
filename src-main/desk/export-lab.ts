import type { ExportedFile, ExportKind } from '../contract/exported-files.ts';
import { exportIpvsadm } from '../export/director-rules.ts';
import { exportScripts } from '../export/export-scripts.ts';
import type { ExportSource } from '../export/export-source.ts';
import { exportUnits } from '../export/export-units.ts';
import { exportKeepalived } from '../export/keepalived-conf.ts';
import { sourceOfPlan } from '../export/source-of-plan.ts';
import type { LabContext } from '../lab/lab-context.ts';
import { readRecord } from '../lab/lab-record.ts';
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
export async function exportLab(
  { dataFolder, templatesFolder }: LabContext,
  lab: string,
  kind: ExportKind,
): Promise<ExportedFile[]> {
  const { plan } = await readRecord(dataFolder, lab);
  const files = exports[kind](sourceOfPlan(await loadTemplate(templatesFolder, plan.template), plan));
  return files.map(({ name, content }) => ({ name, content }));
}
