import type { LabNow, NodeNow } from '../../contract/lab-now.ts';
import type { ByHandNotes } from '../../lab/by-hand.ts';
import type { LabContext } from '../../lab/lab-context.ts';
import { readRecord, type LabRecord } from '../../lab/lab-record.ts';
import { recipeSteps } from '../../lab/node-set-up.ts';
import type { LabPlan } from '../../plan/lab-plan.ts';
import { modeOf } from '../../plan/plan-lab.ts';
import { planMode } from '../../plan/plan-mode.ts';
import { planRecipe, type PlannedStep } from '../../plan/plan-recipe.ts';
import { loadTemplate } from '../../template/load-template.ts';
import { wantedSysctls } from '../node-state-sysctls.ts';
import { createWake } from '../wake.ts';
import { followNode } from './follow-node.ts';
import { nodeNow, type ToldNow } from './read-now.ts';
import { watchTable } from './table-watch.ts';

type TableNotes = Pick<ByHandNotes, 'tableChanged'>;

/** States in which guests can be asked and are not being set up. */
const askable: readonly LabRecord['state'][] = ['ready', 'switching', 'failed'];
/** Milliseconds between two looks at the record. */
const everyMs = 1000;
const pauseMs = 100;

/** What is known of a node, as it was told. */
interface Known {
  told?: ToldNow;
  answers: boolean;
}

/**
 * What labs have now, as their guests and directors tell it; each lab is asked once, however many pages look.
 * @param notes Hear each change of a director's table.
 */
export function createNowCore(context: LabContext, notes?: TableNotes) {
  const shared = new Map<string, SharedNow>();
  return {
    /** Tells at once what is known, and within 2 s of any change, until the signal; resolves then. */
    follow: async (lab: string, onItem: (now: LabNow) => void, signal: AbortSignal): Promise<void> => {
      const one = shared.get(lab) ?? new SharedNow(context, lab, notes);
      shared.set(lab, one);
      const leave = one.join(onItem);
      await new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => {
          resolve();
        });
        if (signal.aborted) resolve();
      });
      if (leave()) shared.delete(lab);
    },
  };
}

/** One lab, followed while anyone listens. */
class SharedNow {
  readonly #context: LabContext;
  readonly #lab: string;
  readonly #notes: TableNotes | undefined;
  readonly #listeners = new Set<(now: LabNow) => void>();
  readonly #known = new Map<string, Known>();
  readonly #ending = new AbortController();
  readonly #wake = createWake(pauseMs);
  #table: LabNow['table'] = null;
  #last: LabNow | undefined;
  /** The recipe's steps of a plan, which are made anew for another alone. */
  #steps: { readonly plan: string; readonly steps: Promise<PlannedStep[]> } | undefined;

  constructor(context: LabContext, lab: string, notes: TableNotes | undefined) {
    this.#context = context;
    this.#lab = lab;
    this.#notes = notes;
    void this.#run();
  }

  /** @returns what ends the listening, and says whether nobody listens any more. */
  join(listener: (now: LabNow) => void): () => boolean {
    this.#listeners.add(listener);
    if (this.#last) listener(this.#last);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return false;
      this.#ending.abort();
      return true;
    };
  }

  async #run(): Promise<void> {
    const { signal } = this.#ending;
    let following: AbortController | undefined;
    let made = '';
    let told = '';
    while (!signal.aborted) {
      const record = await readRecord(this.#context.dataFolder, this.#lab).catch(() => undefined);
      const asked = record !== undefined && askable.includes(record.state);
      // One that was made anew under the same name is another.
      if (following && (!asked || record.createdAt !== made)) {
        following.abort();
        following = undefined;
        this.#known.clear();
        this.#table = null;
      }
      if (asked && !following) {
        following = new AbortController();
        made = record.createdAt;
        const settings = await settingsOf(this.#context, record).catch(() => () => []);
        this.#followAll(record, settings, AbortSignal.any([signal, following.signal]));
      }
      const nodes = record ? await this.#nodes(record).catch(() => undefined) : {};
      const text = JSON.stringify([nodes, this.#table]);
      if (nodes && text !== told) {
        told = text;
        this.#last = { at: Date.now(), nodes, table: this.#table };
        for (const listener of this.#listeners) listener(this.#last);
      }
      await this.#wake.wait(everyMs, signal);
    }
  }

  #followAll({ plan }: LabRecord, settings: (node: string) => string[], signal: AbortSignal): void {
    const seen = watchTable(() => void this.#notes?.tableChanged(this.#lab));
    for (const { name: node, role } of plan.nodes) {
      const known: Known = { answers: false };
      const change = (how: () => void) => {
        if (signal.aborted) return;
        how();
        this.#wake.up();
      };
      void followNode(
        this.#context,
        { lab: this.#lab, node, settings: settings(node) },
        {
          onNow: (told) => {
            change(() => {
              known.told = told;
              this.#known.set(node, known);
            });
          },
          onAnswers: (answers) => {
            if (known.answers === answers) return;
            change(() => {
              known.answers = answers;
              // Of a director that is away it is not known whether it still has one.
              if (!answers && role === 'director') this.#table = null;
            });
          },
          onTable: (table) => {
            change(() => {
              this.#table = table;
              seen(table);
            });
          },
        },
        signal,
      );
    }
  }

  /** What is known, held against what the lab's mode asks for now. */
  async #nodes(record: LabRecord): Promise<Record<string, NodeNow>> {
    if (this.#known.size === 0) return {};
    const plan = JSON.stringify(record.plan);
    if (this.#steps?.plan !== plan)
      this.#steps = { plan, steps: recipeSteps({ context: this.#context, record }) };
    const steps = await this.#steps.steps;
    const port = realPortOf(record.plan);
    return Object.fromEntries(
      record.plan.nodes.flatMap((node) => {
        const known = this.#known.get(node.name);
        if (!known?.told) return [];
        const { answers, told } = known;
        return [
          [
            node.name,
            { ...nodeNow(node, told, { settings: wantedSysctls(steps, node.name), port }), answers },
          ] as const,
        ];
      }),
    );
  }
}

/** The kernel settings of a node that any mode of the lab asks for. */
async function settingsOf(
  { templatesFolder }: LabContext,
  { plan }: LabRecord,
): Promise<(node: string) => string[]> {
  const template = await loadTemplate(templatesFolder, plan.template);
  const steps = Object.keys(template.modes).flatMap((mode) =>
    planRecipe(modeOf(template, mode).recipe, planMode(plan, template, mode)),
  );
  return (node) => [...wantedSysctls(steps, node).keys()];
}

/** On which port the real servers of a lab are asked in its mode. */
function realPortOf({ mode, service, options }: LabPlan): number {
  return (mode === 'nat' && Number(options['realPort'])) || service.port;
}
