import type { SampleColumns } from '../contract/journal.ts';
import type { Sample } from '../traffic/sample.ts';

/** Samples of a load as they go to a user interface. @param from How many of the load's came before. */
export function toColumns(samples: readonly Sample[], from: number): SampleColumns {
  return {
    from,
    number: samples.map(({ number }) => number),
    arrivedMs: samples.map(({ arrivedMs }) => arrivedMs),
    totalMs: samples.map(({ totalMs }) => totalMs),
    server: samples.map(({ server }) => server),
    page: samples.map(({ page }) => page),
    handedTo: samples.map(({ handedTo }) => handedTo),
    failure: samples.map(({ failure }) => failure?.kind ?? null),
    source: samples.map(({ sourceAddress }) => sourceAddress),
    sourcePort: samples.map(({ sourcePort }) => sourcePort),
  };
}
