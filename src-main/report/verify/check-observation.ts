import type { RequestStory } from '../../contract/evidence.ts';
import { evidenceRevision, type KeptEvidence } from '../../evidence/kept-evidence.ts';
import { chooseStory } from '../build/observations.ts';
import { judgeAgain, type JudgedAgain } from '../figures/judge-again.ts';
import type { Report, ReportedObservation } from '../model/report.ts';
import { machinesOf } from './check-lab.ts';
import { expectSame, type Ledger, type Place } from './ledger.ts';
import { sum, total } from './sums.ts';

/** Holds an observation's own parts against each other, which needs no frames. */
export function checkObservationSums(ledger: Ledger, file: string, observation: ReportedObservation): void {
  const place = placeOf(file, observation);
  const { requests, failed, byServer, claims, explanations, story } = observation;
  expectSame(ledger, place, { requests: failed + total(byServer) }, { requests });
  const refuted = claims.filter(({ verdict }) => verdict === 'refuted').map(({ id }) => id);
  for (const { kind, node, explains } of explanations) {
    for (const id of explains.filter((each) => !refuted.includes(each))) {
      const what = `${place.what}, explanation “${kind}” of ${node}`;
      ledger.find({
        file,
        what,
        expected: 'refuted claims alone',
        found: `the claim ${id}, which is not refuted`,
      });
    }
  }
  if (story) checkStory(ledger, { file, what: `${place.what}, story` }, story);
}

function placeOf(file: string, { entry }: ReportedObservation): Place {
  return { file, what: `observation of entry ${entry}` };
}

/** Frames in the order of the record; what a hop rewrote is what differs from the frame before it. */
function checkStory(ledger: Ledger, place: Place, { hops }: RequestStory): void {
  for (const [index, hop] of hops.entries()) {
    const before = hops[index - 1];
    if (before && before.sequence >= hop.sequence) {
      const expected = `more than ${before.sequence}`;
      ledger.find({
        ...place,
        what: `${place.what}, frame ${hop.sequence}, number`,
        expected,
        found: String(hop.sequence),
      });
    }
    const previous = hops.find(({ sequence }) => sequence === hop.previous);
    if (!previous) continue;
    const at = { ...place, what: `${place.what}, frame ${hop.sequence}, what it rewrote` };
    const fields = { 'source-mac': 'sourceMac', 'destination-mac': 'destinationMac' } as const;
    for (const { what, from, to } of hop.rewrote) {
      if (what !== 'source-mac' && what !== 'destination-mac') continue;
      expectSame(ledger, at, { from: previous[fields[what]], to: hop[fields[what]] }, { from, to });
    }
  }
}

/**
 * Judges an observation anew by its frames and by what the guests said, and holds what comes of it against the report.
 * @param capture The bytes of its pcapng file.
 * @returns All of its stories.
 * @throws LabError `bad-input` naming the byte at which the capture breaks its format.
 */
export function checkObservation(
  ledger: Ledger,
  file: string,
  observation: ReportedObservation,
  { evidence, capture }: { readonly evidence: KeptEvidence; readonly capture: Uint8Array },
): readonly RequestStory[] {
  const place = placeOf(file, observation);
  const again = judgeAgain(evidence, capture);
  const { vipClaims, vipQuestions, vipOn, frames } = again;
  const seen = { mode: evidence.mode, frames, vipOn, vipClaims, vipQuestions };
  expectSame(ledger, place, plain(seen), pick(observation, seen));
  if (evidence.revision < evidenceRevision) checkEarlierClaims(ledger, place, observation, again);
  else {
    const { claims, explanations, remarks } = again;
    const judged = { claims, explanations, remarks };
    expectSame(ledger, place, plain(judged), pick(observation, judged));
  }
  expectSame(ledger, place, { story: plain(chooseStory(again.stories)) }, { story: observation.story });
  checkAnswers(ledger, place, observation, again.stories);
  checkLost(ledger, place, observation, evidence);
  return again.stories;
}

/** What was judged by a record with gaps is judged with more care, and says so. */
function checkLost(
  ledger: Ledger,
  place: Place,
  { framesLost }: ReportedObservation,
  { incomplete }: KeptEvidence,
): void {
  if (framesLost > 0 === incomplete) return;
  const expected = incomplete
    ? 'more than 0: it was judged by an incomplete record'
    : '0: its record is whole';
  ledger.find({ ...place, what: `${place.what}, frames lost`, expected, found: String(framesLost) });
}

/** An earlier version judged by other rules: what the frames refute it cannot have proved all the same. */
function checkEarlierClaims(
  ledger: Ledger,
  place: Place,
  { entry, claims }: ReportedObservation,
  again: JudgedAgain,
): void {
  ledger.skip(
    `The claims of the observation of entry ${entry} were judged by the rules of an earlier version: only those that its frames refute were held against them.`,
  );
  const refuted = again.claims.filter(({ verdict }) => verdict === 'refuted').map(({ id }) => id);
  for (const { id, verdict } of claims) {
    if (verdict !== 'proved' || !refuted.includes(id)) continue;
    ledger.find({ ...place, what: `${place.what}, claim ${id}`, expected: '“refuted”', found: '“proved”' });
  }
}

/** The same parts of the report. */
function pick<Part extends keyof ReportedObservation>(
  observation: ReportedObservation,
  parts: Readonly<Record<Part, unknown>>,
): Pick<ReportedObservation, Part> {
  const names = Object.keys(parts) as Part[];
  return Object.fromEntries(names.map((name) => [name, observation[name]])) as Pick<
    ReportedObservation,
    Part
  >;
}

/** As it is after it was written as JSON: without what is undefined. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** No server can have answered more requests than went to it on the wires. */
function checkAnswers(
  ledger: Ledger,
  place: Place,
  { byServer, framesLost }: ReportedObservation,
  stories: readonly RequestStory[],
): void {
  if (framesLost > 0 || stories.length >= mostStories) return;
  for (const [server, count] of Object.entries(byServer)) {
    const seen = sum(stories.map(({ realServer }) => (realServer === server ? 1 : 0)));
    if (count <= seen) continue;
    const what = `${place.what}, answers by server, “${server}”`;
    ledger.find({ ...place, what, expected: `${seen} at most, as the frames show`, found: String(count) });
  }
}

/** As many as a tracer keeps. */
const mostStories = 1000;

/** Holds what observations were judged by against the lab that the report tells of. */
export function checkEvidenceLab(
  ledger: Ledger,
  file: string,
  { lab }: Report,
  { plan }: KeptEvidence,
): void {
  const { id, name, template, nodes } = plan;
  expectSame(
    ledger,
    { file, what: 'the lab it is about' },
    { id: lab.id, name: lab.name, template: lab.template.name, nodes: machinesOf(lab.layout.nodes) },
    { id, name, template, nodes: machinesOf(nodes) },
  );
}
