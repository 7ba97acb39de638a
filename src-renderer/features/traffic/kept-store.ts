import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { HealthDrill } from '../../../src-main/contract/health-drill.ts';
import type { JournalEntry } from '../../../src-main/contract/journal.ts';
import type { ErrorInfo } from '../../../src-main/contract/lab-error.ts';
import type { StepOutput } from '../../../src-main/contract/step-output.ts';
import { loadRunSchema, type LoadRequest, type LoadResult } from '../../../src-main/contract/load.ts';
import type { ChangedService } from '../../../src-main/contract/service-changes.ts';
import { useAppClient } from '../../lib/app-client.ts';
import { errorInfo } from '../../lib/error-info.ts';
import { useLabsStore } from '../labs/labs-store.ts';
import { useLabStore } from '../workspace/lab-store.ts';

/** A load that the lab's owner keeps, samples and all. */
export interface KeptLoad extends Pick<JournalEntry, 'id' | 'at' | 'mode' | 'samples' | 'error'> {
  readonly request: LoadRequest | null;
  /** Null for one that was stopped. */
  readonly result: LoadResult | null;
}

/** A change of the service, as its owner keeps it. */
interface KeptChange extends Pick<JournalEntry, 'id' | 'at' | 'error'> {
  /** What was run, or where it failed what was asked. */
  readonly title: string;
  readonly ran: readonly StepOutput[];
}

/** What was sent to the lab before: read when the panel is opened, and again whenever such a task has ended. */
export const useKeptStore = defineStore('keptLoads', () => {
  const client = useAppClient();
  const labs = useLabsStore();
  const lab = useLabStore();
  const journal = shallowRef<readonly JournalEntry[]>([]);
  const failure = ref<ErrorInfo>();

  async function read(): Promise<void> {
    const { name, generation } = lab;
    // A lab that is being started has no record at first, and so no journal.
    if (!lab.view) return;
    try {
      const entries = await client.labs.journal({ lab: name });
      if (lab.generation === generation) journal.value = entries;
      failure.value = undefined;
    } catch (error) {
      failure.value = errorInfo(error);
    }
  }

  const ended = () =>
    labs.tasks
      .filter(
        (task) =>
          task.lab === lab.name && ['load', 'healthDrill', 'service'].includes(task.verb) && task.ended,
      )
      .map(({ id }) => id)
      .join();
  watch(
    () => lab.generation,
    () => {
      journal.value = [];
      failure.value = undefined;
    },
  );
  watch([() => lab.generation, () => lab.view !== undefined, ended], read, { immediate: true });

  return {
    failure,
    /** Newest first. */
    loads: computed(() => journal.value.filter(isKeptLoad).map(toKeptLoad).reverse()),
    /** How the service was changed, newest first. */
    serviceChanges: computed(() => journal.value.flatMap(toKeptChange).reverse()),
    /** The newest drill that came to its end. */
    lastDrill: computed(() => {
      const entry = journal.value.findLast(({ verb, result }) => verb === 'healthDrill' && result !== null);
      // As below: the owner keeps each result in the shape of its verb's schema.
      return entry ? (entry.result as HealthDrill) : null;
    }),
  };
});

function isKeptLoad({ verb, samples }: JournalEntry): boolean {
  return verb === 'load' && samples > 0;
}

/** The owner keeps the result as `changedServiceSchema` has it; journals of before have the commands alone. */
function toKeptChange({ verb, result, request, ...entry }: JournalEntry): KeptChange[] {
  if (verb !== 'service') return [];
  const { commands = [], ran = [] } = (result ?? {}) as Partial<ChangedService>;
  const asked = (request as { changes?: unknown } | null)?.changes ?? {};
  const title = commands.join('; ') || JSON.stringify(asked);
  const said = ran.length
    ? ran
    : commands.map((command) => ({ stage: 'command' as const, command, exitCode: 0, output: '' }));
  return [{ ...entry, title, ran: said }];
}

function toKeptLoad({ request, result, ...entry }: JournalEntry): KeptLoad {
  const { load } = (request ?? {}) as { load?: LoadRequest };
  return {
    ...entry,
    request: load ?? null,
    result: result ? asOfNow(result as LoadResult) : null,
  };
}

/** Journals of before have the promise in English alone, without which such a load is shown, and lack what came since. */
function asOfNow(result: LoadResult): LoadResult {
  const promise = loadRunSchema.shape.promise.safeParse(result.run.promise).data ?? null;
  const run = { ...result.run, promise };
  return { ...result, run: loadRunSchema.safeParse(run).data ?? run };
}
