import type { PlannedStep } from '../plan/plan-recipe.ts';

export const sysctlFile = '/etc/sysctl.d/90-lvs.conf';
/** What a node does, parted into files and what is left for its unit to run. */
export interface UnitForm {
  /** Lines of `sysctlFile`. */
  readonly sysctl: readonly string[];
  /** Lines of `rulesFile`. */
  readonly ipvsadm: readonly string[];
  /** Where the family's own scripts of ipvsadm look for the table too. */
  readonly rulesFile: string;
  /** Whole files of steps, by their path. */
  readonly files: Readonly<Record<string, string>>;
  /** Started and stopped with the unit. */
  readonly services: readonly string[];
  /** What the unit runs, in its order. */
  readonly steps: readonly PlannedStep[];
}

/** Parts the steps of one node by what each says of its persistent form. Pure. */
export function unitForm(own: readonly PlannedStep[], rulesFile: string): UnitForm {
  const forms = own.flatMap(({ persistent }) => persistent ?? []);
  const rules = own.filter(({ persistent }) => persistent?.ipvsadm);
  return {
    sysctl: [...new Set(forms.flatMap(({ sysctl = [] }) => sysctl))],
    ipvsadm: forms.flatMap(({ ipvsadm = [] }) => ipvsadm),
    rulesFile,
    files: Object.assign({}, ...forms.map(({ files }) => files)) as Record<string, string>,
    services: [...new Set(forms.flatMap(({ service }) => service ?? []))],
    steps: own.flatMap((step) => runStep(step, rules, rulesFile)),
  };
}

/** A step as the unit runs it: by its file where it has one; files and services alone need no running. */
function runStep(step: PlannedStep, rules: readonly PlannedStep[], rulesFile: string): PlannedStep[] {
  const { persistent } = step;
  if (!persistent) return [step];
  if (persistent.sysctl) {
    // A key may be of an interface that is not there yet. What was is kept at installing, and restored after undo.
    return [{ ...step, before: {}, commands: [`sysctl -q -e -p ${sysctlFile}`], undo: [] }];
  }
  return step === rules[0] ? [restoreRules(step, rules, rulesFile)] : [];
}

/** All that make the table, as one step in the place of the first. */
function restoreRules(first: PlannedStep, rules: readonly PlannedStep[], rulesFile: string): PlannedStep {
  return {
    ...first,
    id: 'ipvs-rules',
    title: { en: `Make the table of ${rulesFile}` },
    why: { en: 'ipvsadm-restore empties the table first, as the service of ipvsadm itself does.' },
    before: {},
    // Each in a shell of its own: of `! command` alone in the middle of a script the shell takes no notice.
    verify: rules.map(({ verify }) => `(\n${verify.trimEnd()}\n)`).join('\n'),
    commands: [`ipvsadm-restore <${rulesFile}`],
    undo: rules.toReversed().flatMap(({ undo }) => undo),
  };
}
