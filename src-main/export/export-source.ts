import type { LabPlan } from '../plan/lab-plan.ts';
import type { PlannedStep } from '../plan/plan-recipe.ts';

/** What is exported: a lab, running or only planned, in one of its modes. */
export interface ExportSource {
  readonly plan: LabPlan;
  /** The recipe of the plan's mode, planned for it. */
  readonly steps: readonly PlannedStep[];
  /** The mode's title, in English. */
  readonly modeTitle: string;
  /** The director's own table, as `tableLines` has it; without it the recipe's. */
  readonly table?: string | undefined;
}

/** A file as it is to be written. */
export interface ExportFile {
  /** In the folder that is written to; its own folders, where it has any, are before it: `rs1/install.sh`. */
  readonly name: string;
  readonly content: string;
  /** Permission bits. */
  readonly mode: number;
}
