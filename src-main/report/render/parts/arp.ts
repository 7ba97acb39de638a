import { h } from 'hastscript';
import type { VipClaim } from '../../../contract/evidence.ts';
import type { ReportedObservation } from '../../model/report.ts';
import { milliseconds } from '../../words/numbers.ts';
import { empty, table, type Content } from '../elements.ts';
import { named, type PageContext } from '../page-context.ts';

/** Who asked for the VIP, and who said to have it, in the order of the record. */
export function arpView({ vipClaims, vipQuestions }: ReportedObservation, { words }: PageContext): Content {
  const own = words.evidence;
  const rows = [
    ...vipClaims.map((claim) => ({ ...claim, who: claim.node, says: saysOf(claim, own) })),
    ...vipQuestions.map((question) => ({
      ...question,
      who: question.askedBy,
      says: own.asks(question.answeredBy.join(words.comma) || own.nobody),
    })),
  ].sort((a, b) => a.sequence - b.sequence);
  if (rows.length === 0) return [h('h4', own.arp), empty(own.noArp)];
  const begin = rows[0]?.time ?? 0;
  return [
    h('h4', own.arp),
    table(
      [
        { title: own.frame, figures: true },
        { title: own.time, figures: true },
        { title: own.segment },
        { title: words.acts.layout.node },
        { title: own.says },
      ],
      rows.map(({ sequence, time, segment, who, says }) => [
        String(sequence),
        milliseconds((time - begin) / 1e6),
        segment && named(segment),
        named(who),
        named(says),
      ]),
      { label: own.arp },
    ),
  ];
}

function saysOf({ kind, mac }: VipClaim, own: PageContext['words']['evidence']): string {
  const says = { reply: own.arpReply, announcement: own.arpAnnouncement, question: own.arpQuestion };
  return says[kind](mac);
}
