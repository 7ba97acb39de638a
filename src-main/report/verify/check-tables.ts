import { parseStats } from '../../ipvs/ipvsadm-stats.ts';
import { parseTable } from '../../ipvs/ipvsadm-table.ts';
import { serviceOf } from '../../ipvs/service-of.ts';
import type { Layout, Report } from '../model/report.ts';
import type { ReportedRun } from '../model/run.ts';
import { expectSame, type Ledger } from './ledger.ts';

/** Holds a run's counters and its schedule against the tables of ipvsadm that the report shows. */
export function checkTables(ledger: Ledger, file: string, report: Report, run: ReportedRun): void {
  if (run.tablesBefore === null) return;
  const layout = layoutOf(report, run.mode);
  if (!layout) return;
  const taken = takenIn(run.tablesBefore, run.tablesAfter, layout);
  const [before, after] = [readTables(run.tablesBefore, taken), readTables(run.tablesAfter, taken)];
  if (!before || !after) {
    ledger.skip(
      `The ipvsadm tables of the run of entry ${run.entry} have counts that ipvsadm rounds: its counters could not be held against them.`,
    );
    return;
  }
  checkSchedule(ledger, file, run, before, layout);
  checkCounters(ledger, file, run, before, after);
}

/** Of the same mode, whenever: a lab's addresses in a mode do not change. */
function layoutOf({ lab, setUps }: Report, mode: string): Layout | undefined {
  return [lab.layout, ...setUps.map(({ layout }) => layout)].find((layout) => layout.mode === mode);
}

interface Tables {
  readonly service: ReturnType<typeof parseTable>[number];
  readonly stats: ReturnType<typeof parseStats>[number];
}

/** `ipvsadm -Ln`, an empty line, `ipvsadm -Ln --stats`. Undefined where they are not such, or rounded. */
function readTables(text: string, taken: Taken | undefined): Tables | undefined {
  const ofService = (each: Taken) => each.protocol === taken?.protocol && each.address === taken.address;
  try {
    const [services, counted] = bothOf(text);
    const [service, stats] = [services.find(ofService), counted.find(ofService)];
    return service && stats ? { service, stats } : undefined;
  } catch {
    return undefined;
  }
}

interface Taken {
  readonly protocol: string;
  readonly address: string;
}

/** Which service took the run's requests. A report has no rules that set marks: what the run added to counters decides. */
function takenIn(before: string, after: string, { service }: Layout): Taken | undefined {
  try {
    const earlier = bothOf(before)[1];
    const services = bothOf(after)[1].map((own) => {
      const then = earlier.find(
        ({ protocol, address }) => protocol === own.protocol && address === own.address,
      );
      const grown = own.conns - (then && then.conns <= own.conns ? then.conns : 0);
      return { ...own, counters: { conns: grown } };
    });
    return serviceOf(services, service, undefined).service;
  } catch {
    return undefined;
  }
}

/** @throws LabError for counts that are rounded. */
function bothOf(text: string) {
  const second = text.indexOf('IP Virtual Server', 1);
  if (second === -1) return [[], []] as const;
  return [parseTable(text.slice(0, second)), parseStats(text.slice(second))] as const;
}

function checkSchedule(
  ledger: Ledger,
  file: string,
  { entry, scheduler, schedule }: ReportedRun,
  { service }: Tables,
  { nodes }: Layout,
): void {
  const what = `run of entry ${entry}`;
  expectSame(
    ledger,
    { file, what: `${what}, against its ipvsadm table` },
    { scheduler: service.scheduler },
    { scheduler },
  );
  if (!schedule) return;
  const nameOf = (address: string) =>
    nodes.find(
      ({ role, nics }) => role === 'real-server' && nics.some((nic) => ipOf(nic.address) === ipOf(address)),
    )?.name ?? address;
  // A machine with several entries has each told apart by its address.
  const told = new Set(schedule.servers.flatMap(({ address }) => address ?? []));
  const weights = (servers: readonly { readonly name: string; readonly weight: number }[]) =>
    Object.fromEntries(servers.map(({ name, weight }) => [name, { weight }]));
  expectSame(
    ledger,
    { file, what: `${what}, schedule, servers, against its ipvsadm table` },
    weights(
      service.servers.map(({ address, weight }) => ({
        name: told.has(address) ? address : nameOf(address),
        weight,
      })),
    ),
    weights(schedule.servers.map(({ name, address = name, weight }) => ({ name: address, weight }))),
  );
}

function ipOf(address: string | null): string {
  return address?.split(/[:/]/)[0] ?? '';
}

/**
 * The counters were read a moment before the table that is shown: what the kernel adds up in between, of a load that
 * begins just then, the table has and they have not.
 */
function checkCounters(ledger: Ledger, file: string, run: ReportedRun, before: Tables, after: Tables): void {
  const emptied = before.stats.conns > after.stats.conns;
  for (const key of ['conns', 'inPkts', 'outPkts'] as const) {
    const grown = after.stats[key] - (emptied ? 0 : before.stats[key]);
    const excess = run.counters[key] - grown;
    const what = `run of entry ${run.entry}, counters, against its ipvsadm tables`;
    if (excess !== 0 && Math.abs(excess) <= run.request.concurrency * mostPackets)
      ledger.skip(
        `The ${what}: ${key} are ${Math.abs(excess)} ${excess > 0 ? 'more' : 'less'} than those show, which may have come between two readings.`,
      );
    else expectSame(ledger, { file, what }, { [key]: grown }, { [key]: run.counters[key] });
  }
}

/** Of one request, one way. */
const mostPackets = 8;
