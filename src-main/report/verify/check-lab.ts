import type { Layout, Report } from '../model/report.ts';
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

/** Holds set-ups and switches of mode against each other and against the lab. */
export function checkLab(ledger: Ledger, file: string, { lab, setUps, switches }: Report): void {
  const nodes = machinesOf(lab.layout.nodes);
  for (const { entry, layout } of setUps) {
    const what = `set-up of entry ${entry}, layout, against the lab`;
    expectSame(ledger, { file, what }, { nodes }, { nodes: machinesOf(layout.nodes) });
  }
  for (const { entry, to, moves } of switches) {
    const layout = setUps.find((setUp) => setUp.entry === entry)?.layout;
    if (!layout) continue;
    const what = `switch of mode of entry ${entry}, against its set-up`;
    expectSame(ledger, { file, what }, { to: layout.mode }, { to });
    expectSame(
      ledger,
      { file, what },
      { moves: moves.map((move) => ({ ...move, to: segmentOf(layout, move.node, move.nic) })) },
      { moves },
    );
  }
}

/**
 * Holds the mode of each measurement against the set-up before it. Not where that failed, or where the report says of an
 * entry since then that what came of it was not kept: it may have been a set-up.
 */
export function checkModes(ledger: Ledger, file: string, report: Report): void {
  const { parts, setUps, runs, observations, drills, changes, notMeasured } = report;
  if (!parts.includes('changes')) return;
  const unsure = [
    ...changes.filter(({ error }) => error).map(({ entry }) => entry),
    ...notMeasured.filter(({ id }) => id === 'report.unread').map(({ values }) => Number(values['entry'])),
  ];
  const kinds = { run: runs, observation: observations, 'health drill': drills };
  for (const [kind, measured] of Object.entries(kinds)) {
    for (const { entry, mode } of measured) {
      const last = setUps.findLast((setUp) => setUp.entry < entry);
      if (!last || unsure.some((each) => each >= last.entry && each < entry)) continue;
      const what = `${kind} of entry ${entry}, against the set-up before it`;
      expectSame(ledger, { file, what }, { mode: last.layout.mode }, { mode });
    }
  }
}

function segmentOf({ nodes }: Layout, node: string, nic: string): string | null | undefined {
  const nics = nodes.find(({ name }) => name === node)?.nics;
  return nics?.find(({ name }) => name === nic)?.segment;
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
