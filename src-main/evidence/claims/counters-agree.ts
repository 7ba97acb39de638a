import { countOf, type Message } from '../../contract/message.ts';
import type { Evidence } from '../evidence.ts';
import { mapLab } from '../lab-map.ts';
import { everyMode, sumOf, wordsOf, type Claim } from './claim.ts';

const id = 'counters-agree';
const say = wordsOf(id);
const statement =
  'The packets that ip_vs counted in and out, and the connections, are those that the frames show to have passed the director.';

export const countersAgree: Claim = {
  id,
  modes: everyMode,
  title: 'The director’s counters agree with the frames',
  statement: { nat: statement, dr: statement, tun: statement },
  needs: ['frames', 'ipvs'],
  follows: [],
  premises: [],
  judge(evidence) {
    const { counters, incomplete } = evidence;
    if (areFrozen(evidence)) {
      const why = say(
        'frozen',
        'The director’s counters stand still: net.ipv4.vs.run_estimation is 0, and only its estimates sum them up.',
      );
      return { verdict: 'not-shown', why };
    }
    if (!counters)
      return { verdict: 'not-shown', why: say('unread', 'The director’s counters were not read.') };
    if (incomplete)
      return {
        verdict: 'not-shown',
        why: say('incomplete', 'The record does not hold every frame of the period.'),
      };
    const ranges = rangesOf(evidence);
    const wrong = ranges.filter(({ counted, least, most }) => counted < least || counted > most);
    const shown = wrong.length > 0 ? wrong : ranges;
    const numbers = shown.map(asWords);
    const { handedOn, icmpFromDirector } = evidence.findings.frames;
    const own = icmpFromDirector.count;
    return wrong.length > 0
      ? {
          verdict: 'refuted',
          why: withIcmp(say('refuted', 'Counters and frames differ: {numbers}.', { numbers }), own),
          frames: handedOn.frames,
          nodes: mapLab(evidence.lab).directors,
        }
      : {
          verdict: 'proved',
          why: withIcmp(say('proved', 'Counters against frames: {numbers}.', { numbers }), own),
          frames: handedOn.frames,
        };
  },
};

/** The counters hold more than the clients' packets and the replies, where the director itself sent errors. */
function withIcmp(why: Message, own: number): Message {
  if (own === 0) return why;
  return say(
    'with-icmp',
    '{why} The director itself sent {count} of ICMP errors, as to who asks for a machine that answers no ARP: ip_vs counts these with the connections they are about.',
    { why, count: countOf(own, 'frame') },
  );
}

/** Since Linux 5.17 (ip_vs_start_estimator() in net/netfilter/ipvs/ip_vs_est.c, and ipvs-sysctl.rst). */
function areFrozen({ lab, facts = {} }: Evidence): boolean {
  return mapLab(lab).directors.some((node) => facts[node]?.sysctls?.['run_estimation'] === 0);
}

function asWords({ name, counted, least, most }: Range): Message {
  return least === most
    ? say('number', '{name} {counted} against {most}', { name, counted, most })
    : say('range', '{name} {counted} against {least} to {most}', { name, counted, least, most });
}

interface Range {
  readonly name: string;
  readonly counted: number;
  readonly least: number;
  readonly most: number;
}

/**
 * ip_vs counts a packet after it took it in and before it sends it on: what it then drops lies between the two. What it
 * counts of an ICMP error about a connection differs by tunnel and direction, up to two packets each way; it counts those
 * that the director itself sends too, as for a server or a client that answers no ARP.
 */
function rangesOf({ counters, countedBefore = 0, findings: { frames, connections } }: Evidence): Range[] {
  const { conns, inPkts, outPkts } = counters ?? { conns: 0, inPkts: 0, outPkts: 0 };
  const [least, most] = [frames.handedOn.count, frames.received.count];
  // Of what it cannot send on, since nobody answers for the next hop, its own ICMP error leaves no frame.
  const unsent = Math.max(0, most - least);
  const unsentReplies = Math.max(0, sumOf(frames.repliesIn) - frames.repliesOut.count);
  const icmp = frames.icmpToDirector.count + frames.icmpFromDirector.count;
  const more = 2 * (icmp + unsent + unsentReplies) + countedBefore;
  return [
    { name: 'InPkts', counted: inPkts, least, most: most + more },
    {
      name: 'OutPkts',
      counted: outPkts,
      least: frames.repliesOut.count,
      most: sumOf(frames.repliesIn) + more,
    },
    { name: 'Conns', counted: conns, least: connections.handedOn, most: connections.reachedDirector },
  ];
}
