import { countOf, message } from '../../contract/message.ts';
import { fault } from '../faults.ts';
import type { Evidence } from '../evidence.ts';
import { mapLab } from '../lab-map.ts';
import type { DirectorWork } from '../trace/director-work.ts';
import { emptyTally, type Tally } from '../trace/tally.ts';
import { framesOf, type Judgement } from './claim.ts';
import type { wordsOf } from './claim.ts';
import { notAccounted } from './not-accounted.ts';

const names: Readonly<Record<DirectorWork, string>> = {
  'mac-only': '{count} only the MAC addresses changed',
  addresses: '{count} addresses rewritten',
  ipip: '{count} put into IPIP',
  gre: '{count} put into GRE',
  gue: '{count} put into GUE',
  other: '{count} changed in another way',
  unmatched: '{count} not seen before',
};

/** Packets that the director treated as the mode does; those whose earlier appearance is not on record do not count. */
export function asWanted(works: ReadonlyMap<DirectorWork, Tally>, wanted: DirectorWork): Tally {
  return works.get(wanted) ?? emptyTally();
}

/** Tunnels that hand a request on whole as IPIP does, with another header: another way of the same mode. */
const tunnels: readonly DirectorWork[] = ['ipip', 'gre', 'gue'];

/** The refutation by packets that were treated in another way; undefined when there are none. */
export function otherWork(
  { lab }: Evidence,
  works: ReadonlyMap<DirectorWork, Tally>,
  wanted: DirectorWork,
  say: ReturnType<typeof wordsOf>,
): Judgement | undefined {
  const others = [...works].filter(
    ([work]) =>
      work !== wanted && work !== 'unmatched' && !(tunnels.includes(wanted) && tunnels.includes(work)),
  );
  if (others.length === 0) return undefined;
  const director = mapLab(lab).directors[0] ?? 'director';
  const found = others.map(([work, { count }]) => message(`term.work.${work}`, names[work], { count }));
  const right = asWanted(works, wanted).count;
  return {
    verdict: 'refuted',
    why: say('other', '{right} packets were treated so; of the others {found}.', { right, found }),
    frames: framesOf(others.map(([, tally]) => tally)),
    nodes: [director],
    faults: [fault('wrong-work', director, false, { found })],
  };
}

/** What the director did to every request: proved where all of it was as wanted, with the words for that. */
export function judgeRequestWork(
  evidence: Evidence,
  wanted: DirectorWork,
  { say, proved }: { readonly say: ReturnType<typeof wordsOf>; readonly proved: string },
): Judgement {
  const { requestWork } = evidence.findings.frames;
  const wrong = otherWork(evidence, requestWork, wanted, say);
  if (wrong) return wrong;
  const tunnelled = otherTunnels(evidence, wanted, say);
  if (tunnelled) return tunnelled;
  const { count, frames } = asWanted(requestWork, wanted);
  if (count === 0) {
    const why = say('none', 'The director handed on no request that is on record before.');
    return { verdict: 'not-shown', why };
  }
  const open = notAccounted(evidence);
  if (open) return open;
  return { verdict: 'proved', why: say('proved', proved, { count: countOf(count, 'packet') }), frames };
}

/** Requests that went in another tunnel than the one the mode claims, by the real server they went to. */
function otherTunnels(
  { findings }: Evidence,
  wanted: DirectorWork,
  say: ReturnType<typeof wordsOf>,
): Judgement | undefined {
  if (!tunnels.includes(wanted)) return undefined;
  const { works, handedOn } = findings.connections;
  const others = [...works].filter(([work]) => work !== wanted && tunnels.includes(work));
  if (others.length === 0) return undefined;
  const found = others.flatMap(([work, servers]) =>
    [...servers].map(([server, count]) =>
      message('term.tunnelled', '{count} went in {tunnel} to {server}', {
        ...{ count, server, tunnel: work.toUpperCase() },
      }),
    ),
  );
  const { requestWork } = findings.frames;
  const values = { all: countOf(handedOn, 'connection'), found };
  return {
    verdict: 'not-shown',
    why: say('other-tunnel', 'Of {all} {found}.', values),
    frames: framesOf(others.flatMap(([work]) => requestWork.get(work) ?? [])),
    nodes: others.flatMap(([, servers]) => [...servers.keys()]),
  };
}
