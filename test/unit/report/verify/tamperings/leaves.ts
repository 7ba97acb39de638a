import type { Report } from '../../../../../src-main/report/model/report.ts';
import { forge } from '../bundle-files.ts';
import { look, type Tampering } from './tampering.ts';

type Layout = Report['lab']['layout'];

function layout({ setUps }: Report, entry: number): Layout {
  const found = setUps.find((setUp) => setUp.entry === entry);
  if (!found) throw new Error(`There is no set-up of entry ${entry}.`);
  return found.layout;
}

function nic({ nodes }: Layout, node: string): Layout['nodes'][number]['nics'][number] {
  const found = nodes.find(({ name }) => name === node)?.nics[0];
  if (!found) throw new Error(`${node} has no NIC.`);
  return found;
}

const model = (name: string, change: (report: Report) => unknown, what: RegExp): Tampering => ({
  name,
  change: forge((report) => void change(report)),
  ...{ file: 'report.json', what },
});

/** One leaf of the model: of the lab's pictures, its way through the modes, comparisons and times. */
export const leaves: readonly Tampering[] = [
  model(
    'the mode of a picture',
    (report) => (layout(report, 1).mode = 'tun'),
    /set-up of entry 1, layout, against what the observation of entry 3 was judged by, mode/,
  ),
  model(
    'the mode that the lab is in',
    ({ lab }) => (lab.layout.mode = 'nat'),
    /lab, layout, against the set-up of entry 14, mode/,
  ),
  model(
    'an address in a picture',
    (report) => (nic(layout(report, 14), 'rs1').address = '10.9.9.9/24'),
    /set-up of entry 14, layout, against what the observation of entry 15 was judged by, node rs1, NIC eth0, address/,
  ),
  model(
    'an address in the picture of the lab',
    ({ lab }) => (nic(lab.layout, 'rs2').address = '10.9.9.9/24'),
    /lab, layout, against the set-up of entry 14, node rs2, NIC eth0, address/,
  ),
  model(
    'a gateway in a picture',
    (report) => (nic(layout(report, 1), 'rs1').gateway = '10.9.9.9'),
    /set-up of entry 1, layout, .* node rs1, NIC eth0, gateway/,
  ),
  model(
    'a cable in a picture',
    (report) => (nic(layout(report, 1), 'rs2').segment = 'lan'),
    /set-up of entry 1, layout, .* node rs2, NIC eth0, segment/,
  ),
  model(
    'a subnet in a picture',
    (report) => Object.assign(layout(report, 1).segments[0] ?? {}, { subnet: '10.9.9.0/24' }),
    /set-up of entry 1, layout, against the lab, segment .* subnet/,
  ),
  model(
    'the VIP in a picture',
    (report) => (layout(report, 14).service.vip = '10.9.9.9'),
    /set-up of entry 14, layout, against the lab, service, vip/,
  ),
  model(
    'the VIP in every picture',
    (report) => {
      for (const each of [report.lab.layout, ...report.setUps.map((setUp) => setUp.layout)])
        each.service.vip = '10.9.9.9';
    },
    /lab, layout, against what the observation of entry 3 was judged by, service, vip/,
  ),
  model(
    'a weight in a picture',
    (report) => (layout(report, 1).nodes.find(({ name }) => name === 'rs1') ?? { weight: 0 }).weight++,
    /set-up of entry 1, layout, .* node rs1, weight/,
  ),
  model(
    'a weight in the picture of the lab',
    ({ lab }) => (lab.layout.nodes.find(({ name }) => name === 'rs1') ?? { weight: 0 }).weight++,
    /lab, layout, against .* node rs1, weight/,
  ),
  model(
    'the scheduler in a picture',
    (report) => (layout(report, 14).service.scheduler = 'wlc'),
    /set-up of entry 14, layout, .* service, scheduler/,
  ),
  model(
    'where a switch began',
    ({ switches }) => Object.assign(switches[1] ?? {}, { from: 'tun' }),
    /switch of mode of entry 20, against the set-up before it, from/,
  ),
  model(
    'where a switch took a cable from',
    ({ switches }) => Object.assign(switches[0]?.moves[1] ?? {}, { from: 'lan' }),
    /switch of mode of entry 14, against the set-up before it, cable of rs1 eth0, from/,
  ),
  model(
    'how many steps a switch applied',
    ({ switches }) => switches[0] && (switches[0].applied += 1),
    /switch of mode of entry 14, against its set-up, steps in all/,
  ),
  model(
    'how many rounds a comparison had',
    ({ comparisons }) => comparisons[0] && (comparisons[0].rounds = 5),
    /comparison of entry 31, case dr with rr, rounds/,
  ),
  model(
    'how many requests a comparison sent in a round',
    ({ comparisons }) => comparisons[0] && (comparisons[0].requestsPerRound = 600),
    /comparison of entry 31, case nat with rr, against its load of entry 21, requests per round/,
  ),
  model(
    'the concurrency of a comparison',
    ({ comparisons }) => comparisons[0] && (comparisons[0].concurrency = 8),
    /comparison of entry 31, case tun with rr, against its load of entry 24, concurrency/,
  ),
  model(
    'who answered in a comparison',
    ({ comparisons }) => comparisons[0]?.entries[1]?.answeredBy.push('rs1'),
    /comparison of entry 31, case nat with rr, answered by/,
  ),
  model(
    'the lab of a comparison',
    ({ comparisons }) => comparisons[0] && (comparisons[0].lab = 'other'),
    /comparison of entry 31, lab/,
  ),
  model(
    'frames that are said to be lost',
    (report) => (look(report, 3).framesLost = 4),
    /observation of entry 3, frames lost/,
  ),
  model(
    'what was not measured, left out',
    ({ notMeasured }) =>
      notMeasured.splice(
        notMeasured.findIndex(({ id }) => id === 'report.disturbed'),
        1,
      ),
    /not measured/,
  ),
  model(
    'what was not measured, in other words',
    ({ notMeasured }) => Object.assign(notMeasured.at(-1) ?? {}, { text: 'All was measured.' }),
    /not measured .*text/,
  ),
  model(
    'the mode of a change',
    ({ changes }) => Object.assign(changes[0] ?? {}, { mode: 'tun' }),
    /change of entry 4, against the set-up before it, mode/,
  ),
  model(
    'when a load was sent',
    ({ runs }) => Object.assign(runs[1] ?? {}, { at: '2026-01-05T09:31:30.000Z' }),
    /entry 5, time, against entry 4/,
  ),
  model(
    'when the lab was made',
    ({ lab }) => (lab.createdAt = '2026-01-05T09:30:30.000Z'),
    /set-up of entry 1, time, against that at which the lab was made/,
  ),
  model(
    'when the report was written',
    (report) => (report.writtenAt = '2026-01-05T09:40:30.000Z'),
    /entry 14, time/,
  ),
  model(
    'a time that is none',
    ({ comparisons }) => comparisons[0] && (comparisons[0].at = 'soon'),
    /entry 31, time/,
  ),
];
