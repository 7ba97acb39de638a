import { edit, forge } from '../bundle-files.ts';
import { look, run, type Tampering } from './tampering.ts';

/** The model was changed, and every form was written from it again: only what it was computed from tells. */
export const forged: readonly Tampering[] = [
  {
    name: 'a share',
    change: forge(
      (report) => void Object.assign(run(report, 2).figures?.byServer ?? {}, { rs1: 301, rs2: 299 }),
    ),
    ...{ file: 'report.json', what: /run of entry 2, figures, answers by server, “rs1”/ },
  },
  {
    name: 'the mode of a run',
    change: forge((report) => void Object.assign(run(report, 2), { mode: 'dr' })),
    ...{ file: 'report.json', what: /run of entry 2, against the set-up before it, mode/ },
  },
  {
    name: 'how many requests were asked for',
    change: forge((report) => void Object.assign(run(report, 2).request, { requests: 10_000 })),
    ...{ file: 'report.json', what: /run of entry 2, figures, requests, against those that were asked for/ },
  },
  {
    name: 'a percentile',
    change: forge((report) => void Object.assign(run(report, 5).figures?.latencyMs ?? {}, { p95: 1.5 })),
    ...{ file: 'report.json', what: /run of entry 5, figures, latency, p95/ },
  },
  {
    name: 'a rate',
    change: forge((report) => void Object.assign(run(report, 5).figures ?? {}, { ratePerSecond: 999 })),
    ...{ file: 'report.json', what: /run of entry 5, figures, requests a second/ },
  },
  {
    name: 'a p-value',
    change: forge((report) => {
      const test = run(report, 7).figures?.judgement?.test;
      if (test) test.pValue = 0.5;
    }),
    ...{ file: 'report.json', what: /run of entry 7, figures, judgement, test, p-value/ },
  },
  {
    name: 'a run’s verdict',
    change: forge(
      (report) => void Object.assign(run(report, 2).figures?.judgement ?? {}, { verdict: 'not-as-promised' }),
    ),
    ...{ file: 'report.json', what: /run of entry 2, figures, judgement, verdict/ },
  },
  {
    name: 'failed requests, left out',
    change: forge((report) => void Object.assign(run(report, 9).figures ?? {}, { failed: 0, failures: {} })),
    ...{ file: 'report.json', what: /run of entry 9, figures, failed/ },
  },
  {
    name: 'one reply in the order',
    change: forge((report) => void (run(report, 2).figures ?? { sequence: [] }).sequence.splice(3, 1, 'rs1')),
    ...{ file: 'report.json', what: /run of entry 2, figures, reply in order 4/ },
  },
  {
    name: 'the weights that a load was scheduled by',
    change: forge((report) => {
      for (const server of run(report, 5).schedule?.servers ?? []) server.weight = 1;
    }),
    ...{ file: 'report.json', what: /run of entry 5, schedule, servers/ },
  },
  {
    name: 'the scheduler of a load',
    change: forge((report) => void Object.assign(run(report, 2), { scheduler: 'sh' })),
    ...{ file: 'report.json', what: /run of entry 2, .*scheduler/ },
  },
  {
    name: 'what was done beside a load',
    change: forge((report) => void Object.assign(run(report, 9), { disturbedBy: [] })),
    ...{ file: 'report.json', what: /run of entry 9, figures, judgement/ },
  },
  {
    name: 'a counter',
    change: forge((report) => void (run(report, 2).counters.conns = 6000)),
    ...{ file: 'report.json', what: /run of entry 2, counters, .*connections/ },
  },
  {
    name: 'a line of an ipvsadm table',
    change: forge((report) => {
      const of = run(report, 5);
      of.tablesBefore = of.tablesBefore?.replace(/(Masq\s+)3/, '$17') ?? null;
    }),
    ...{ file: 'report.json', what: /run of entry 5, schedule, servers, against its ipvsadm table/ },
  },
  {
    name: 'a claim’s verdict',
    change: forge((report) => {
      for (const claim of look(report, 15).claims) if (claim.verdict === 'refuted') claim.verdict = 'proved';
    }),
    ...{ file: 'report.json', what: /observation of entry 15, claim arp-only-director, verdict/ },
  },
  {
    name: 'why a claim is proved',
    change: forge(
      (report) => void Object.assign(look(report, 3).claims[0]?.why ?? {}, { text: 'We saw it.' }),
    ),
    ...{ file: 'report.json', what: /observation of entry 3, claim director-set-up, reason/ },
  },
  {
    name: 'a claim, left out',
    change: forge((report) => void look(report, 15).claims.splice(2, 1)),
    ...{ file: 'report.json', what: /observation of entry 15, claim arp-only-director/ },
  },
  {
    name: 'what explains a refuted claim',
    change: forge((report) => void look(report, 15).explanations.splice(0)),
    ...{ file: 'report.json', what: /observation of entry 15, explanation/ },
  },
  {
    name: 'a hop of a story',
    change: forge((report) => void Object.assign(look(report, 3).story?.hops[2] ?? {}, { ttl: 1 })),
    ...{ file: 'report.json', what: /observation of entry 3, story, frame \d+, ttl/ },
  },
  {
    name: 'who claimed the VIP',
    change: forge((report) => void Object.assign(look(report, 3).vipClaims[0] ?? {}, { node: 'rs1' })),
    ...{ file: 'report.json', what: /observation of entry 3, .*VIP.*, node/ },
  },
  {
    name: 'where the VIP is',
    change: forge((report) => void look(report, 3).vipOn.push('client eth0')),
    ...{ file: 'report.json', what: /observation of entry 3, where the VIP is/ },
  },
  {
    name: 'who answered while it was watched',
    change: forge((report) => void (look(report, 3).byServer = { rs1: 3, rs2: 1 })),
    ...{ file: 'report.json', what: /observation of entry 3, answers by server, “rs1”/ },
  },
  {
    name: 'an observation that is said not to have been kept',
    change: forge((report) => void (look(report, 3).verifiable = false)),
    ...{ file: 'report.json', what: /observation of entry 3, verifiable/ },
  },
  {
    name: 'the totals of a comparison',
    change: forge((report) => void Object.assign(report.comparisons[0]?.entries[0] ?? {}, { requests: 121 })),
    ...{ file: 'report.json', what: /comparison of entry 31, case dr with rr, requests/ },
  },
  {
    name: 'a percentile of a comparison',
    change: forge(
      (report) => void Object.assign(report.comparisons[0]?.entries[1]?.latencyMs ?? {}, { p99: 0.5 }),
    ),
    ...{ file: 'report.json', what: /comparison of entry 31, case nat with rr, latency, p99/ },
  },
  {
    name: 'a switch’s time in a comparison',
    change: forge(
      (report) => void (report.comparisons[0]?.entries[2] ?? { switchMs: [] }).switchMs.splice(0, 1, 12),
    ),
    ...{ file: 'report.json', what: /comparison of entry 31, case tun with rr, time of the switch/ },
  },
  {
    name: 'the hops of a comparison',
    change: forge(
      (report) => void Object.assign(report.comparisons[0]?.entries[2]?.hops ?? {}, { reply: 9 }),
    ),
    ...{ file: 'report.json', what: /comparison of entry 31, case tun with rr, hops, reply/ },
  },
  {
    name: 'what a tunnel adds',
    change: forge((report) => void Object.assign(report.comparisons[0]?.entries[2] ?? {}, { addedBytes: 0 })),
    ...{ file: 'report.json', what: /comparison of entry 31, case tun with rr, added bytes/ },
  },
  {
    name: 'a cable that a switch moved',
    change: forge((report) => void Object.assign(report.switches[0]?.moves[0] ?? {}, { to: 'lan' })),
    ...{ file: 'report.json', what: /switch of mode of entry 14, against its set-up, cable of/ },
  },
  {
    name: 'a MAC in a picture',
    change: forge(
      (report) =>
        void Object.assign(report.setUps[1]?.layout.nodes[1]?.nics[0] ?? {}, { mac: '02:00:00:00:00:01' }),
    ),
    ...{ file: 'report.json', what: /set-up of entry 14, layout, .*mac/ },
  },
  {
    name: 'how long a drill’s errors lasted',
    change: forge((report) => void Object.assign(report.drills[0] ?? {}, { errorsLastedMs: 10 })),
    ...{ file: 'report.json', what: /health drill of entry 17, errors lasted ms/ },
  },
  {
    name: 'a part that is said to be left out',
    change: forge((report) => void report.parts.splice(report.parts.indexOf('runs'), 1)),
    ...{ file: 'report.json', what: /the part runs/ },
  },
  {
    name: 'a load told of twice',
    change: forge((report) => void report.runs.push(run(report, 2))),
    ...{ file: 'report.json', what: /runs, entry 2/ },
  },
  {
    name: 'the language of the model alone',
    change: edit('report.json', (json) => json.replace('"language": "en"', '"language": "ja"')),
    ...{ file: 'report.html', what: /^line \d+/ },
  },
  {
    name: 'the author of the model alone',
    change: edit('report.json', (json) => json.replace('Höpper', 'Hopper')),
    ...{ file: 'report.html', what: /the model in it, author/ },
  },
];
