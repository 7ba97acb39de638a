import { LabError } from '../contract/lab-error.ts';
import { parseRules, type RuleService } from '../ipvs/ipvsadm-rules.ts';
import type { ExportSource } from './export-source.ts';

/**
 * The director's table as `ipvsadm-save -n` prints it and `ipvsadm -R` takes it: its own where that was read, else from
 * the steps that make it. Tunnels
 * are without the `--tun-type ipip` that ipvsadm 1.31 prints: it is the default, and 1.27 does not know it. Pure.
 * @returns Lines, each with its end.
 * @throws LabError `bad-input` when no step of the director makes a virtual service.
 */
export function exportIpvsadm(source: ExportSource): string {
  return ruleLines(source)
    .map((line) => `${line}\n`)
    .join('');
}

/** The same as data. @throws LabError as `exportIpvsadm`. */
export function directorRules(source: ExportSource): RuleService[] {
  return parseRules(ruleLines(source).join('\n'));
}

function ruleLines({ plan, steps, table }: ExportSource): string[] {
  if (table !== undefined) return tableRules(table, plan);
  const director = plan.nodes.find(({ role }) => role === 'director');
  const lines = steps
    .filter(({ node }) => node === director?.name)
    .flatMap(({ commands }) => commands.flatMap((command) => command.split('\n')))
    .flatMap((line) => /^\s*ipvsadm (-[Aa] .*\S)/.exec(line)?.[1] ?? []);
  if (lines.some((line) => line.startsWith('-A'))) return lines;
  throw new LabError('bad-input', `The mode '${plan.mode}' of '${plan.template}' makes no virtual service.`, {
    why: "No step of its director calls 'ipvsadm -A'.",
    remedy: `'lvslab plan ${plan.template} --mode ${plan.mode}' shows the steps.`,
  });
}

/** @throws LabError `bad-input` for an empty table. */
function tableRules(table: string, { name }: ExportSource['plan']): string[] {
  const lines = table.split('\n').filter((line) => line.startsWith('-'));
  if (lines.length > 0) return lines.map((line) => line.replace(' --tun-type ipip', ''));
  throw new LabError('bad-input', `The director of '${name}' has no virtual service.`, {
    remedy: `'lvslab drift ${name}' tells what is missing; with --mode the recipe's own table is written.`,
  });
}
