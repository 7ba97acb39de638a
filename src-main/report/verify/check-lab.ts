import type { Layout, Report } from '../model/report.ts';
import { broughtBefore } from './history.ts';
import { expectSame, type Ledger } from './ledger.ts';
import { sum, total } from './sums.ts';

/** What of a lab's machines is the same in every mode. */
type Machines = readonly (Pick<Layout['nodes'][number], 'name' | 'role'> & {
  readonly nics: readonly { readonly name: string; readonly mac: string }[];
})[];

/** Names, roles, NICs and MACs: they last as long as their lab. */
export function machinesOf(nodes: Machines): Machines {
  return nodes.map(({ name, role, nics }) => ({
    ...{ name, role },
    nics: nics.map((nic) => ({ name: nic.name, mac: nic.mac })),
  }));
}

/** Holds the machines of set-ups against those of the lab. */
export function checkLab(ledger: Ledger, file: string, { lab, setUps }: Report): void {
  const nodes = machinesOf(lab.layout.nodes);
  for (const { entry, layout } of setUps) {
    const what = `set-up of entry ${entry}, layout, against the lab`;
    expectSame(ledger, { file, what }, { nodes }, { nodes: machinesOf(layout.nodes) });
  }
}

/** Holds the mode of each measurement, and of each change, against what had brought the lab into one before it. */
export function checkModes(ledger: Ledger, file: string, report: Report): void {
  const { runs, observations, drills, changes } = report;
  const kinds = { run: runs, observation: observations, 'health drill': drills, change: changes };
  for (const [kind, measured] of Object.entries(kinds)) {
    for (const { entry, mode } of measured) {
      const last = broughtBefore(report, entry);
      const what = `${kind} of entry ${entry}, against the set-up before it`;
      if (last) expectSame(ledger, { file, what }, { mode: last.mode }, { mode });
    }
  }
}

/** Holds the figures of health drills against each other. */
export function checkDrills(ledger: Ledger, file: string, { drills }: Report): void {
  for (const drill of drills) {
    const { entry, stoppedMs, lastErrorMs, errorsLastedMs, requests, failures, seconds } = drill;
    expectSame(
      ledger,
      { file, what: `health drill of entry ${entry}` },
      {
        errorsLastedMs: lastErrorMs === null ? 0 : lastErrorMs - stoppedMs,
        requests: sum(seconds.map((second) => second.requests)),
        failures: sum(seconds.map((second) => total(second.failures))),
      },
      { errorsLastedMs, requests, failures: total(failures) },
    );
  }
}
