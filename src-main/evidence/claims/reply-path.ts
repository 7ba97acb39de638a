import { countOf } from '../../contract/message.ts';
import type { Evidence } from '../evidence.ts';
import { fault, type FaultKind } from '../faults.ts';
import { addressesOf, mapLab } from '../lab-map.ts';
import type { Tally } from '../trace/tally.ts';
import { everyMode, framesOf, sumOf, wordsOf, type Claim, type Judgement } from './claim.ts';
import { notFollowed, notOnRecord } from './not-accounted.ts';

const id = 'reply-path';
const say = wordsOf(id);
const past = 'Every reply goes from the real server to the client, or its router, and none to the director.';

export const replyPath: Claim = {
  id,
  modes: everyMode,
  title: 'Replies take the way of the mode',
  statement: {
    nat: 'Every reply goes from the real server to the director, which sends it on to the client.',
    dr: past,
    tun: past,
  },
  needs: ['frames'],
  follows: ['real-server-set-up', 'director-set-up'],
  premises: [],
  judge(evidence) {
    const { repliesIn, repliesPast } = evidence.findings.frames;
    if (repliesIn.size === 0 && repliesPast.size === 0)
      return { verdict: 'not-shown', why: say('none', 'No real server sent a reply.') };
    const judged = evidence.mode === 'nat' ? judgeNat(evidence) : judgeDirect(evidence);
    if (judged.verdict !== 'proved') return judged;
    return notOnRecord(evidence) ?? notFollowed(evidence, mapLab(evidence.lab).directors) ?? judged;
  },
};

function judgeNat(evidence: Evidence): Judgement {
  const { frames, connections } = evidence.findings;
  if (frames.repliesPast.size > 0) return strayed(evidence, frames.repliesPast, 'past-director');
  const held = [...connections.servers].filter(([, { heldBack }]) => heldBack > 0).map(([node]) => node);
  if (held.length > 0) return heldBack(evidence, held);
  const values = { in: countOf(sumOf(frames.repliesIn), 'frame'), out: frames.repliesOut.count };
  if (frames.repliesOut.count === 0)
    return {
      verdict: 'not-shown',
      why: say('under-way', '{in} came to the director; none left it yet.', values),
    };
  return {
    verdict: 'proved',
    why: say('nat', '{in} of replies came to the director and {out} left it; none went another way.', values),
    frames: frames.repliesOut.frames,
    nodes: [...frames.repliesIn.keys()],
  };
}

function judgeDirect(evidence: Evidence): Judgement {
  const { repliesIn, repliesPast } = evidence.findings.frames;
  if (repliesIn.size > 0) return intoDirector(evidence, repliesIn);
  const values = { past: countOf(sumOf(repliesPast), 'frame'), nodes: [...repliesPast.keys()] };
  return {
    verdict: 'proved',
    why: say('direct', '{past} of replies left {nodes}, none for the director.', values),
    frames: framesOf(repliesPast.values()),
    nodes: [...repliesPast.keys()],
  };
}

/** Where the director masquerades, the replies go to where the requests came from: no route of the server is why. */
function intoDirector(evidence: Evidence, repliesIn: ReadonlyMap<string, Tally>): Judgement {
  const judgement = strayed(evidence, repliesIn, 'into-director');
  const { nodes = [], faults = [] } = judgement;
  const masqueraded = evidence.findings.connections.works.get('masqueraded');
  if (!masqueraded) return judgement;
  const { directors } = mapLab(evidence.lab);
  return {
    ...judgement,
    nodes: [...nodes, ...directors],
    faults: faults.filter(({ node }) => !masqueraded.has(node)),
  };
}

function strayed({ lab }: Evidence, tallies: ReadonlyMap<string, Tally>, kind: FaultKind): Judgement {
  const nodes = [...tallies.keys()];
  const values = { count: countOf(sumOf(tallies), 'frame'), nodes };
  const why =
    kind === 'past-director'
      ? say('past', '{nodes} sent {count} of replies past the director.', values)
      : say('into', '{nodes} sent {count} of replies to the director.', values);
  const client = clientOf(lab);
  return {
    verdict: 'refuted',
    why,
    frames: framesOf(tallies.values()),
    nodes,
    faults: nodes.map((node) => fault(kind, node, false, { client })),
  };
}

function heldBack({ lab, findings: { frames } }: Evidence, servers: readonly string[]): Judgement {
  const director = mapLab(lab).directors[0] ?? 'director';
  const values = {
    in: countOf(sumOf(frames.repliesIn), 'frame'),
    out: frames.repliesOut.count,
    nodes: servers,
  };
  return {
    verdict: 'refuted',
    why: say(
      'held-back',
      '{in} of replies came to the director and {out} left it; those of {nodes} went no further.',
      values,
    ),
    frames: framesOf(frames.repliesIn.values()),
    nodes: [director],
    faults: [fault('held-back', director, false, { server: servers })],
  };
}

export function clientOf(lab: Evidence['lab']): string {
  return addressesOf(lab, mapLab(lab).clients[0] ?? '')[0] ?? 'the client';
}
