import type { JournalEntry, SampleColumns } from '../../../src-main/contract/journal.ts';
import type { ControlRequest } from '../../../src-main/contract/lab-control.ts';
import { LabError, toErrorInfo } from '../../../src-main/contract/lab-error.ts';
import type { AppCore } from '../../../src-main/shell/core.ts';

/** The core, with a journal: loads, drills and changes of the service are kept as the owner of a lab keeps them. */
export function withJournal(core: AppCore): AppCore {
  const entries = new Map<number, { lab: string; entry: JournalEntry; samples: SampleColumns[] }>();
  const { labs } = core;
  return {
    ...core,
    labs: {
      ...labs,
      act: async (action) => {
        const begun = await labs.act(action);
        if (!['load', 'healthDrill', 'service'].includes(action.request.verb)) return begun;
        const at = new Date().toISOString();
        const samples: SampleColumns[] = [];
        const heard = labs.samples(
          begun.task,
          (columns) => samples.push(columns),
          new AbortController().signal,
        );
        const result = labs.result(begun.task, new AbortController().signal);
        const keep = async () => {
          const [ended] = await Promise.allSettled([result, heard]);
          const id = entries.size + 1;
          entries.set(id, {
            lab: action.lab,
            samples,
            entry: {
              ...{ id, at, milliseconds: 0, mode: 'dr', verb: action.request.verb, request: action.request },
              result: ended.status === 'fulfilled' ? ended.value : null,
              error: ended.status === 'rejected' ? toErrorInfo(ended.reason) : null,
              samples: samples.reduce((sum, columns) => sum + columns.number.length, 0),
            },
          });
        };
        void keep();
        return begun;
      },
      journal: async (lab) =>
        [...entries.values()].filter((kept) => kept.lab === lab).map(({ entry }) => entry),
      keptSamples: async (_, entry, onItem) => {
        const kept = entries.get(entry);
        if (!kept) throw new LabError('not-found', `There is no entry ${entry}.`);
        kept.samples.forEach(onItem);
      },
    },
  };
}

/** An entry of a verb that came to its end. */
export function fakeEntry(id: number, at: string, request: ControlRequest, result: unknown): JournalEntry {
  const { verb } = request;
  return { id, at, milliseconds: 0, mode: 'dr', verb, request, result, error: null, samples: 0 };
}
