import { countOf, message } from '../../contract/message.ts';
import { fault } from '../faults.ts';
import type { Evidence } from '../evidence.ts';
import { mapLab } from '../lab-map.ts';
import type { DirectorWork } from '../trace/director-work.ts';
import { emptyTally, type Tally } from '../trace/tally.ts';
import { framesOf, type Judgement } from './claim.ts';
import type { wordsOf } from './claim.ts';

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

/** The refutation by packets that were treated in another way; undefined when there are none. */
export function otherWork(
  { lab }: Evidence,
  works: ReadonlyMap<DirectorWork, Tally>,
  wanted: DirectorWork,
  say: ReturnType<typeof wordsOf>,
): Judgement | undefined {
  const others = [...works].filter(([work]) => work !== wanted && work !== 'unmatched');
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
  const { count, frames } = asWanted(requestWork, wanted);
  if (count > 0)
    return { verdict: 'proved', why: say('proved', proved, { count: countOf(count, 'packet') }), frames };
  const why = say('none', 'The director handed on no request that is on record before.');
  return { verdict: 'not-shown', why };
}
