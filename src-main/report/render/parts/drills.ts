import type { Report } from '../../model/report.ts';
import { count, seconds } from '../../words/numbers.ts';
import { facts, table, type Content } from '../elements.ts';
import { failureName, named, type PageContext } from '../page-context.ts';
import { actLine, entryId, type Section } from '../section.ts';
import { h } from 'hastscript';

type Drill = Report['drills'][number];

/** What became of the service while a real server's web server was down. */
export function drillsSection(page: PageContext): Section {
  return {
    id: 'drills',
    title: page.words.page.sections.drills,
    entries: page.report.drills.map((drill) => ({
      id: entryId(drill.entry),
      title: named(page.words.acts.drills.heading(drill.server)),
      body: () => drillBody(drill, page),
    })),
  };
}

function drillBody(drill: Drill, page: PageContext): Content {
  const { words } = page;
  const own = words.acts.drills;
  const failed = Object.values(drill.failures).reduce((sum, n) => sum + n, 0);
  return [
    actLine(drill, page),
    h('p', own.checkers[drill.checker ?? 'none']),
    h(
      'p',
      failed === 0
        ? own.noErrors(count(drill.requests))
        : own.errors(count(failed), count(drill.requests), seconds(drill.errorsLastedMs)),
    ),
    table(
      [{ title: own.time, figures: true }, { title: own.event }],
      eventsOf(drill, page).map(([at, event]) => [seconds(at), named(event)]),
      { label: own.heading(drill.server), kind: 'narrow' },
    ),
    drill.outMs === null ? h('p.note', own.neverOut) : null,
    drill.outMs !== null && drill.backMs === null ? h('p.note', own.neverBack) : null,
    facts(Object.entries(drill.failures).map(([kind, n]) => [failureName(kind, words), count(n)])),
  ];
}

function eventsOf(drill: Drill, { words }: PageContext): [number, string][] {
  const own = words.acts.drills;
  const { server } = drill;
  const events: [number | null, string][] = [
    [drill.stoppedMs, own.stopped(server)],
    [drill.firstErrorMs, own.firstError],
    [drill.outMs, own.out(server)],
    [drill.lastErrorMs, own.lastError],
    [drill.startedMs, own.started(server)],
    [drill.backMs, own.back(server)],
  ];
  return events
    .flatMap(([at, event]): [number, string][] => (at === null ? [] : [[at, event]]))
    .sort(([a], [b]) => a - b);
}
