import { serviceChangesSchema } from '../../contract/service-changes.ts';
import type { Layout, Report, ReportedChange } from '../model/report.ts';
import { broughtBefore, changesBetween, setUpBefore } from './history.ts';
import { expectSame, type Ledger, type Place } from './ledger.ts';

/**
 * Holds the pictures of the lab against each other: of one mode all are alike, and what the service was changed to
 * between them is told.
 */
export function checkLayouts(ledger: Ledger, file: string, report: Report): void {
  const { lab, setUps } = report;
  for (const { entry, layout } of setUps) {
    const what = `set-up of entry ${entry}, layout`;
    expectSame(ledger, { file, what: `${what}, against the lab` }, lastingOf(lab.layout), lastingOf(layout));
    const first = setUps.find((other) => other.layout.mode === layout.mode);
    if (first && first.entry !== entry) {
      const against = `${what}, against that of entry ${first.entry}`;
      expectSame(ledger, { file, what: against }, cablingOf(first.layout), cablingOf(layout));
    }
    const before = setUpBefore(report, entry);
    const period = before && { after: before.entry, before: entry };
    if (before && period)
      checkSettings(ledger, { file, what: `${what}, against that of entry ${before.entry}` }, [
        before.layout,
        layout,
        changesBetween(report, 'service', period),
      ]);
  }
  checkNow(ledger, file, report);
}

/**
 * The lab as it is now: as it was last brought into a mode. A report of one entry may be of before that: there it is held
 * against a set-up of the mode that it shows.
 */
function checkNow(ledger: Ledger, file: string, report: Report): void {
  const { layout } = report.lab;
  const last = broughtBefore(report, Infinity);
  const moved = last && changesBetween(report, 'moveCable', { after: last.entry, before: Infinity });
  const mode = moved ? last.mode : layout.mode;
  const as = report.setUps.findLast((setUp) => setUp.layout.mode === mode);
  const what = `lab, layout, against ${as ? `the set-up of entry ${as.entry}` : 'the last switch of mode'}`;
  const is = cablingOf(layout, { moved });
  const was = as ? cablingOf(as.layout, { moved }) : is;
  if (mode !== layout.mode && JSON.stringify(was) !== JSON.stringify(is)) {
    ledger.skip(
      `The lab is shown in the mode ${layout.mode}, which no set-up tells of: it may have been on its way there.`,
    );
    return;
  }
  expectSame(ledger, { file, what }, { mode, ...was }, { mode: layout.mode, ...is });
  if (!as) return;
  const changes = changesBetween(report, 'service', { after: as.entry, before: Infinity });
  checkSettings(ledger, { file, what }, [as.layout, layout, changes]);
}

/**
 * Holds the picture of a set-up, or of the lab where none is told of, against the plan that an observation was judged by
 * while it stood.
 */
export function checkLayoutAgainst(
  ledger: Ledger,
  file: string,
  report: Report,
  { entry, plan }: { readonly entry: number; readonly plan: Layout },
): void {
  const against = `against what the observation of entry ${entry} was judged by`;
  expectSame(
    ledger,
    { file, what: `lab, layout, ${against}` },
    lastingOf(plan),
    lastingOf(report.lab.layout),
  );
  const stood = setUpBefore(report, entry);
  const shown = stood ?? report.setUps.findLast((setUp) => setUp.entry < entry);
  const layout = shown?.layout ?? report.lab.layout;
  if (!stood && layout.mode !== plan.mode) return;
  const what = `${shown ? `set-up of entry ${shown.entry}` : 'lab'}, layout, ${against}`;
  const period = stood && { after: stood.entry, before: entry };
  const moved = period && changesBetween(report, 'moveCable', period);
  const by = { moved, clients: false };
  const [expected, found] = [cablingOf(plan, by), cablingOf(layout, by)];
  expectSame(ledger, { file, what }, { mode: plan.mode, ...expected }, { mode: layout.mode, ...found });
  const changes = period && changesBetween(report, 'service', period);
  const states = changes?.length === 0 ? ([plan, layout] as const) : ([layout, plan] as const);
  checkSettings(ledger, { file, what }, [...states, changes]);
  tellClients(ledger, { file, what }, plan, layout);
}

/** What a trainee may change in a client without the lab's knowledge is no finding. */
function tellClients(ledger: Ledger, { what }: Place, plan: Layout, layout: Layout): void {
  for (const { name, role, nics } of layout.nodes) {
    if (role !== 'client') continue;
    const real = plan.nodes.find((node) => node.name === name)?.nics;
    for (const nic of nics) {
      const address = real?.find((each) => each.name === nic.name)?.address;
      if (address !== undefined && address !== nic.address)
        ledger.skip(
          `The ${what}: ${name} ${nic.name} has the address ${nic.address ?? 'none'}, and had ${address ?? 'none'} then, which may have been changed by hand.`,
        );
    }
  }
}

/** What a lab has for as long as it is there, whatever its mode. */
function lastingOf({ service: { vip, port, protocol }, segments }: Layout) {
  return {
    service: { vip, port, protocol },
    segments: segments.map(({ name, subnet }) => ({ name, subnet })),
  };
}

interface Loose {
  /** Cables that were moved by hand: where they are is not looked at. Undefined where any may have been. */
  readonly moved?: readonly ReportedChange[] | undefined;
  /** Whether clients' addresses are looked at. */
  readonly clients?: boolean;
}

/** Where a mode has cables and addresses. */
function cablingOf({ nodes }: Layout, loose: Loose = { moved: [] }) {
  const { moved, clients = true } = loose;
  return {
    nodes: nodes.map(({ name, role, nics }) => {
      const cables = moved?.every(({ node }) => node !== name);
      return {
        name,
        nics: nics.map((nic) => ({
          ...{ name: nic.name, gateway: nic.gateway },
          ...(cables ? { segment: nic.segment } : {}),
          ...(clients || role !== 'client' ? { address: nic.address } : {}),
        })),
      };
    }),
  };
}

/** What can be changed of the service, by name. */
function settingsOf({ service, nodes }: Layout) {
  const { scheduler, persistentSeconds, netmask, schedulerFlags, timeouts } = service;
  return {
    service: { scheduler, persistentSeconds, netmask, schedulerFlags, timeouts },
    nodes: nodes.map(({ name, weight }) => ({ name, weight })),
  };
}

/**
 * Without a change between, the service is as it was. After one only what that asked for is sure: of the rest the
 * director's own is taken over.
 * @param states Before, after, and what was changed between; nothing is looked at where that is not known.
 */
function checkSettings(
  ledger: Ledger,
  place: Place,
  [before, after, changes]: readonly [Layout, Layout, readonly ReportedChange[] | undefined],
): void {
  if (!changes || changes.some(({ error }) => error)) return;
  const found = settingsOf(after);
  if (changes.length === 0) {
    expectSame(ledger, place, settingsOf(before), found);
    return;
  }
  const asked = changes.map(({ request }) => serviceChangesSchema.safeParse(request['changes']).data ?? {});
  const scheduler = asked.findLast((each) => each.scheduler !== undefined)?.scheduler;
  const expected = {
    service: { ...found.service, scheduler: scheduler ?? found.service.scheduler },
    nodes: found.nodes.map(({ name, weight }) => ({
      name,
      weight: asked.findLast(({ weights = {} }) => Object.hasOwn(weights, name))?.weights?.[name] ?? weight,
    })),
  };
  expectSame(ledger, place, expected, found);
}
