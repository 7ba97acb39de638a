import { randomUUID } from 'node:crypto';
import { LabError } from '../contract/lab-error.ts';
import type { OnProgress } from '../contract/progress.ts';
import type { GuestCommandResult, GuestShell } from '../guest/guest-session.ts';
import type { PlannedStep } from '../plan/plan-recipe.ts';
import { parseOutcomes, type StepOutcome } from './recipe-output.ts';
import { recipeScript, type StepScript } from './recipe-script.ts';

/** How steps reach their nodes, and how the work is followed and ended. */
export interface RecipeWork {
  readonly shellOf: (node: string) => GuestShell;
  readonly onProgress?: OnProgress | undefined;
  /**
   * Ends the work before its next round trip. What is under way in a guest may end by itself for three seconds, so
   * that it is known what it changed; then it is ended.
   */
  readonly signal?: AbortSignal | undefined;
}

/** A step as its followers see it. */
export interface NamedStep {
  readonly node: string;
  readonly id: string;
  readonly title: string;
}

/** A planned step as its followers see it. */
export function namedStep({ node, id, title }: PlannedStep): NamedStep {
  return { node, id, title: title.en };
}

const graceMs = 3000;
const stepTimeoutMs = 60_000;

/**
 * Carries out several steps of one node in one round trip, and tells of each.
 * @returns An outcome for each step the script came to the end of, in their order.
 * @throws LabError `recipe-failed` when the guest's shell ended in the middle of a step; whatever the shell throws.
 */
export async function runInGuest(
  work: RecipeWork,
  steps: readonly (NamedStep & { readonly script: StepScript })[],
  tell: (
    step: NamedStep,
    outcome: StepOutcome & { readonly state: 'applied' | 'skipped' | 'failed' },
  ) => void,
): Promise<{ readonly stderr: string }> {
  const [first] = steps;
  if (!first) return { stderr: '' };
  work.onProgress?.({ node: first.node, step: first.id, title: first.title, state: 'running' });
  const token = `lvslab-${randomUUID()}`;
  const { outcomes, result } = await roundTrip(work, steps, first.node, token);
  for (const outcome of outcomes) {
    const step = steps[outcome.index];
    const { state } = outcome;
    if (step && state) tell(step, { ...outcome, state });
  }
  const last = outcomes.at(-1);
  if (isWhole(last, steps.length)) return result;
  throw endedEarly(steps[last?.index ?? 0] ?? first, result);
}

/** An `apply` that failed is the last by right; else every step has an end. */
function isWhole(last: StepOutcome | undefined, steps: number): boolean {
  return last?.state === 'failed' || (last?.state !== undefined && last.index === steps - 1);
}

async function roundTrip(
  work: RecipeWork,
  steps: readonly { readonly script: StepScript }[],
  node: string,
  token: string,
): Promise<{ outcomes: StepOutcome[]; result: GuestCommandResult }> {
  const scripts = steps.map(({ script }) => script);
  using late = abortsLater(work.signal);
  const timeout = steps.length * stepTimeoutMs;
  const result = await work.shellOf(node).run(recipeScript(scripts, token), { signal: late.signal, timeout });
  return { outcomes: parseOutcomes(result.stdout, token), result };
}

function endedEarly({ title, node }: NamedStep, { stderr, exitCode }: GuestCommandResult): LabError {
  return new LabError('recipe-failed', `The shell of ${node} ended in the middle of '${title}'.`, {
    node,
    step: title,
    why: lastLine(stderr) || `It ended with ${exitCode}.`,
    remedy: 'Take the lab down and start it again; what this step changed is not known.',
  });
}

/** A step's end, as progress. */
export function tellEnd(
  work: RecipeWork,
  step: NamedStep,
  state: 'done' | 'skipped' | 'failed',
  milliseconds: number,
): void {
  work.onProgress?.({
    node: step.node,
    step: step.id,
    title: step.title,
    state,
    ...(state === 'skipped' && { detail: 'already so' }),
    milliseconds,
  });
}

export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new LabError('cancelled', 'Cancelled.');
}

export function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1)?.trim() ?? '';
}

/** Steps by node, in their order. */
export function byNode<T extends { readonly node: string }>(steps: readonly T[]): T[][] {
  return [...Map.groupBy(steps, ({ node }) => node).values()];
}

/** A signal that follows another by the time of grace. */
function abortsLater(signal: AbortSignal | undefined): { signal: AbortSignal; [Symbol.dispose]: () => void } {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const begin = () => {
    timer = setTimeout(() => {
      controller.abort();
    }, graceMs);
  };
  if (signal?.aborted) begin();
  signal?.addEventListener('abort', begin, { once: true });
  return {
    signal: controller.signal,
    [Symbol.dispose]: () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', begin);
    },
  };
}
