import type { Layout, Report } from '../model/report.ts';
import { broughtBefore, changesBetween, setUpBefore } from './history.ts';
import { expectSame, type Ledger, type Place } from './ledger.ts';

type Switch = Report['switches'][number];

/** Holds switches of mode against the set-ups that they led from and to. */
export function checkModeSwitches(ledger: Ledger, file: string, report: Report): void {
  for (const told of report.switches) {
    const { entry, from, to, moves } = told;
    const place = { file, what: `switch of mode of entry ${entry}` };
    const last = broughtBefore(report, entry);
    const against = { file, what: `${place.what}, against the set-up before it` };
    if (last) expectSame(ledger, against, { from: last.mode }, { from });
    if (from === to) ledger.find({ ...place, expected: `another mode than ${from}`, found: to });
    const own = report.setUps.find((setUp) => setUp.entry === entry);
    if (!own) continue;
    const { layout, steps } = own;
    const ends = moves.map((move) => ({ ...move, to: segmentOf(layout, move.node, move.nic) }));
    const known = { file, what: `${place.what}, against its set-up` };
    expectSame(ledger, known, { to: layout.mode, moves: ends }, { to, moves });
    expectSame(ledger, known, { stepsInAll: steps.length }, { stepsInAll: told.kept + told.applied });
    checkFrom(ledger, against, report, told);
  }
}

/** Cables that were not moved by hand in between were where the set-up before had them. */
function checkFrom(ledger: Ledger, place: Place, report: Report, told: Switch): void {
  const before = setUpBefore(report, told.entry);
  const after = report.setUps.find((setUp) => setUp.entry === told.entry);
  if (!before || !after) return;
  const period = { after: before.entry, before: told.entry };
  if (changesBetween(report, 'moveCable', period)?.length === 0) {
    const moves = movesBetween(before.layout, after.layout);
    expectSame(ledger, place, { moves }, { moves: told.moves });
  }
  // A change of the service may have made other steps of some.
  if (changesBetween(report, 'service', period)?.length !== 0) return;
  const wanted = new Set(after.steps.map(({ node, id }) => `${node} ${id}`));
  const both = before.steps.filter(({ node, id }) => wanted.has(`${node} ${id}`)).length;
  atMost(ledger, place, 'steps that were kept', told.kept, both);
  atMost(ledger, place, 'steps that were undone', told.undone, before.steps.length - told.kept);
}

function atMost(ledger: Ledger, { file, what }: Place, which: string, found: number, most: number): void {
  if (found <= most) return;
  ledger.find({ file, what: `${what}, ${which}`, expected: `${most} at most`, found: String(found) });
}

function movesBetween(before: Layout, after: Layout): Switch['moves'] {
  return after.nodes.flatMap(({ name: node, nics }) =>
    nics.flatMap(({ name: nic, segment: to }) => {
      const from = segmentOf(before, node, nic) ?? null;
      return from === to ? [] : [{ node, nic, from, to }];
    }),
  );
}

function segmentOf({ nodes }: Layout, node: string, nic: string): string | null | undefined {
  const nics = nodes.find(({ name }) => name === node)?.nics;
  return nics?.find(({ name }) => name === nic)?.segment;
}
