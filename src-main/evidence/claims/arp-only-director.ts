import type { Fault } from '../../contract/evidence.ts';
import { countOf } from '../../contract/message.ts';
import { fault } from '../faults.ts';
import { notOnRecord } from './not-accounted.ts';
import { nobodyHasVip } from './nobody-has-vip.ts';
import { mapLab } from '../lab-map.ts';
import { everyMode, framesOf, sumOf, wordsOf, type Claim, type Judgement } from './claim.ts';
import type { ArpFindings } from '../trace/arp-watch.ts';
import type { Tally } from '../trace/tally.ts';

const id = 'arp-only-director';
const say = wordsOf(id);
const statement =
  'Whoever asks by ARP for the VIP is answered by the director alone, and nobody else speaks in the name of the VIP.';

export const arpOnlyDirector: Claim = {
  id,
  modes: everyMode,
  title: 'Only the director answers ARP for the VIP',
  statement: { nat: statement, dr: statement, tun: statement },
  needs: ['frames'],
  follows: ['real-server-set-up', 'director-set-up'],
  premises: [],
  judge(evidence) {
    const { lab, findings } = evidence;
    const { arp } = findings;
    const { directors } = mapLab(lab);
    const others = (tallies: ReadonlyMap<string, Tally>) =>
      new Map([...tallies].filter(([node]) => !directors.includes(node)));
    const [replies, announcements] = [others(arp.replies), others(arp.announcements)];
    if (replies.size > 0 || announcements.size > 0) return refuted(replies, announcements, arp);
    const answers = sumOf(arp.replies);
    // Who else spoke may be in what is missing.
    if (answers > 0) return notOnRecord(evidence) ?? proved(answers, arp);
    if (arp.questionsAsked === 0)
      return {
        verdict: 'not-shown',
        why: say('unasked', 'Nobody asked for the VIP: the client knew its MAC address already.'),
      };
    return nobody(arp, nobodyHasVip(evidence));
  },
};

function refuted(
  replies: ReadonlyMap<string, Tally>,
  announcements: ReadonlyMap<string, Tally>,
  arp: ArpFindings,
): Judgement {
  const nodes = [...new Set([...replies.keys(), ...announcements.keys()])];
  const faults: Fault[] = [
    ...[...replies.keys()].map((node) => fault('arp-answered', node, false)),
    ...[...announcements.keys()].map((node) => fault('arp-announced', node, false)),
  ];
  const values = {
    nodes,
    replies: countOf(sumOf(replies), 'time'),
    announcements: countOf(sumOf(announcements), 'time'),
    most: countOf(arp.mostAnswers, 'answer'),
  };
  return {
    verdict: 'refuted',
    why: say(
      'refuted',
      '{nodes} answered for the VIP {replies} and used it as a sender address {announcements}; one question got {most}.',
      values,
    ),
    frames: framesOf([...replies.values(), ...announcements.values()]),
    nodes,
    faults,
  };
}

function proved(answers: number, { replies, questionsAsked }: ArpFindings): Judgement {
  const values = {
    questions: countOf(questionsAsked, 'question'),
    answers: countOf(answers, 'answer'),
    director: [...replies.keys()],
  };
  return {
    verdict: 'proved',
    why: say('proved', '{questions} for the VIP, {answers}, all from {director}.', values),
    frames: framesOf(replies.values()),
    nodes: [...replies.keys()],
  };
}

function nobody(arp: ArpFindings, cause: Fault): Judgement {
  const count = arp.questionsAsked;
  return {
    verdict: 'refuted',
    why: say('nobody', 'Nobody answered {questions} who has the VIP.', {
      questions: countOf(count, 'question'),
    }),
    frames: arp.questions.slice(0, 8).map(({ sequence }) => sequence),
    nodes: [cause.node],
    faults: [cause],
  };
}
