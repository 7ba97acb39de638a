import type { VipClaim, VipQuestion } from '../../contract/evidence.ts';
import type { Arp } from '../../wire/decode/decoded-frame.ts';
import type { LabFrame } from '../lab-frame.ts';
import type { LabMap } from '../lab-map.ts';
import { markFor, type Tally } from './tally.ts';

/** Who asked whom, and how often an answer came. */
export interface Inquiry {
  readonly node: string;
  readonly address: string;
  asked: number;
  answered: number;
  readonly firstFrame: number;
}

/** What ARP showed. The two lists hold the first of each; the counts are of all. */
export interface ArpFindings {
  readonly claims: VipClaim[];
  readonly questions: VipQuestion[];
  questionsAsked: number;
  unanswered: number;
  /** The most nodes that answered one question. */
  mostAnswers: number;
  /** By node. */
  readonly replies: Map<string, Tally>;
  readonly announcements: Map<string, Tally>;
  /** Questions for addresses but the VIP, by node and address. */
  readonly inquiries: Map<string, Inquiry>;
}

const listed = 500;
const inquiriesKept = 256;

export interface ArpWatch {
  readonly findings: ArpFindings;
  add(frame: LabFrame, arp: Arp, from: string): void;
}

export function createArpWatch({ service: { vip }, nodeByMac }: LabMap): ArpWatch {
  const findings: ArpFindings = {
    claims: [],
    questions: [],
    questionsAsked: 0,
    unanswered: 0,
    mostAnswers: 0,
    replies: new Map(),
    announcements: new Map(),
    inquiries: new Map(),
  };
  /** The newest question for the VIP, by who asked: an answer belongs to it. */
  const open = new Map<string, VipQuestion>();
  return {
    findings,
    add(frame, arp, from) {
      if (arp.senderIp === vip) {
        const kind = kindOf(arp, vip);
        markFor(kind === 'reply' ? findings.replies : findings.announcements, from, frame.sequence);
        push(findings.claims, { ...placeOf(frame), node: from, mac: arp.senderMac, kind });
        if (kind === 'reply') answer(findings, open.get(nodeByMac.get(arp.targetMac) ?? ''), from);
      } else if (arp.operation === 1 && arp.targetIp === vip) {
        const question = { ...placeOf(frame), askedBy: from, answeredBy: [] };
        findings.questionsAsked += 1;
        findings.unanswered += 1;
        open.set(from, question);
        push(findings.questions, question);
      } else inquire(findings.inquiries, arp, { from, askedBy: nodeByMac.get(arp.targetMac), frame });
    },
  };
}

/** RFC 826, and RFC 5227 for announcements, whose sender and target address are the same. */
function kindOf({ operation, targetIp }: Arp, vip: string): VipClaim['kind'] {
  if (targetIp === vip) return 'announcement';
  return operation === 2 ? 'reply' : 'question';
}

function placeOf({ sequence, time, segment }: LabFrame): Pick<VipClaim, 'sequence' | 'time' | 'segment'> {
  return { sequence, time, segment };
}

function push<Item>(list: Item[], item: Item): void {
  if (list.length < listed) list.push(item);
}

function answer(findings: ArpFindings, question: VipQuestion | undefined, from: string): void {
  if (!question) return;
  if (question.answeredBy.length === 0) findings.unanswered -= 1;
  if (!question.answeredBy.includes(from)) question.answeredBy.push(from);
  findings.mostAnswers = Math.max(findings.mostAnswers, question.answeredBy.length);
}

function inquire(
  inquiries: Map<string, Inquiry>,
  { operation, senderIp, targetIp }: Arp,
  { from, askedBy, frame }: { from: string; askedBy: string | undefined; frame: LabFrame },
): void {
  if (operation === 2) {
    const inquiry = inquiries.get(`${askedBy ?? ''} ${senderIp}`);
    if (inquiry) inquiry.answered += 1;
    return;
  }
  const key = `${from} ${targetIp}`;
  const inquiry = inquiries.get(key);
  if (inquiry) inquiry.asked += 1;
  else if (inquiries.size < inquiriesKept)
    inquiries.set(key, { node: from, address: targetIp, asked: 1, answered: 0, firstFrame: frame.sequence });
}
