import { countOf, message, type Message } from '../../contract/message.ts';
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
  masqueraded: '{count} masqueraded, the client’s end rewritten too',
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
/** Both rewrite a request's destination as NAT does; the second its source too. */
const rewriting: readonly DirectorWork[] = ['addresses', 'masqueraded'];

/** What hands on in the same mode in another way than it claims: that refutes nothing, and does not prove it. */
function variantsOf(wanted: DirectorWork): readonly DirectorWork[] {
  const family = [tunnels, rewriting].find((works) => works.includes(wanted)) ?? [];
  return family.filter((work) => work !== wanted);
}

/** The refutation by packets that were treated in another way; undefined when there are none. */
export function otherWork(
  { lab }: Evidence,
  works: ReadonlyMap<DirectorWork, Tally>,
  wanted: DirectorWork,
  say: ReturnType<typeof wordsOf>,
): Judgement | undefined {
  const right: readonly DirectorWork[] = [wanted, 'unmatched', ...variantsOf(wanted)];
  const others = [...works].filter(([work]) => !right.includes(work));
  if (others.length === 0) return undefined;
  const director = mapLab(lab).directors[0] ?? 'director';
  const found = others.map(([work, { count }]) => message(`term.work.${work}`, names[work], { count }));
  const values = { right: asWanted(works, wanted).count, found };
  return {
    verdict: 'refuted',
    why: say('other', '{right} packets were treated so; of the others {found}.', values),
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
  const variant = otherVariant(evidence, wanted, say);
  if (variant) return variant;
  const { count, frames } = asWanted(requestWork, wanted);
  if (count === 0) {
    const why = say('none', 'The director handed on no request that is on record before.');
    return { verdict: 'not-shown', why };
  }
  const open = notAccounted(evidence);
  if (open) return open;
  return { verdict: 'proved', why: say('proved', proved, { count: countOf(count, 'packet') }), frames };
}

/** Requests that were handed on in another way of the same mode, by the real server they went to. */
export function otherVariant(
  { findings }: Evidence,
  wanted: DirectorWork,
  say: ReturnType<typeof wordsOf>,
): Judgement | undefined {
  const { works, handedOn } = findings.connections;
  const others = variantsOf(wanted).flatMap((work) => [...(works.get(work) ?? [])].map(tellVariant(work)));
  if (others.length === 0) return undefined;
  const { requestWork } = findings.frames;
  const values = { all: countOf(handedOn, 'connection'), found: others.map(({ words }) => words) };
  return {
    verdict: 'not-shown',
    why: say('other-way', 'Of {all} {found}.', values),
    frames: framesOf(variantsOf(wanted).flatMap((work) => requestWork.get(work) ?? [])),
    nodes: others.map(({ server }) => server),
  };
}

function tellVariant(work: DirectorWork) {
  return ([server, count]: readonly [string, number]): { server: string; words: Message } => ({
    server,
    words:
      work === 'masqueraded'
        ? message('term.masqueraded', '{count} went to {server} from another address than the client’s', {
            ...{ count, server },
          })
        : message('term.tunnelled', '{count} went in {tunnel} to {server}', {
            ...{ count, server, tunnel: work.toUpperCase() },
          }),
  });
}
