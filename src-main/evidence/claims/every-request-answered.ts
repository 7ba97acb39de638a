import { countOf, message } from '../../contract/message.ts';
import { accountFor } from '../account.ts';
import type { Evidence } from '../evidence.ts';
import { everyMode, wordsOf, type Claim, type Judgement } from './claim.ts';
import { notOnRecord } from './not-accounted.ts';
import { failureFaults } from './unknown-causes.ts';

const id = 'every-request-answered';
const say = wordsOf(id);
const statement = 'Every connection that a client began to the VIP got an answer.';

export const everyRequestAnswered: Claim = {
  id,
  modes: everyMode,
  title: 'Every request is answered',
  statement: { nat: statement, dr: statement, tun: statement },
  needs: ['frames'],
  follows: ['director-set-up', 'real-server-set-up', 'arp-only-director', 'reply-path', 'mtu'],
  premises: [],
  judge(evidence) {
    const { connections } = evidence.findings;
    const { unfinished } = connections.outcomes;
    const ended = connections.total - unfinished;
    const failed = failedRequests(evidence);
    if (ended === 0 && failed === 0)
      return { verdict: 'not-shown', why: say('none', 'No request was seen from its begin to its end.') };
    if (failed > 0) return refuted(evidence, failed);
    const lost = evidence.requests ? undefined : notOnRecord(evidence);
    if (lost) return lost;
    // What curl calls answered is, whether or not all its frames are on record.
    const all = Math.max(accountFor(evidence).sent, ended);
    const why = say('proved', '{count} of {all} answered.', { count: countOf(all, 'request'), all });
    return { verdict: 'proved', why, nodes: [...connections.servers.keys()] };
  },
};

/** By the wires, and by what curl says of its own requests: an answer with an error's status is none. */
function failedRequests({ requests, findings: { connections } }: Evidence): number {
  const { answered, unfinished } = connections.outcomes;
  const onWires = connections.total - unfinished - answered;
  const told = (requests ?? []).filter(({ failure }) => failure !== null).length;
  return Math.max(onWires, told);
}

function refuted(evidence: Evidence, failed: number): Judgement {
  const { connections } = evidence.findings;
  const { refused, reset, unfinished } = connections.outcomes;
  const failing = [...connections.servers].filter(([, { failures }]) => failures.length > 0);
  const faults = failureFaults(evidence);
  const byAnswer = faults.filter(({ kind }) => kind === 'http-status' || kind === 'answer-broken');
  const nodes = [
    ...new Set([...failing, ...byAnswer.map(({ node }) => [node] as const)].map(([node]) => node)),
  ];
  const all = Math.max(accountFor(evidence).sent, connections.total - unfinished);
  const values = {
    failed,
    all: countOf(all, 'request'),
    refused,
    reset,
    silent: connections.outcomes['no-answer'],
    nodes: nodes.length === 0 ? message('term.no-real-server', 'no real server') : nodes,
  };
  const onWires = refused + reset + values.silent;
  if (onWires === 0 && byAnswer.length > 0) {
    const why = say(
      'bad-answers',
      '{failed} of {all} failed: each got an answer that is an error, from {nodes}.',
      values,
    );
    return { verdict: 'refuted', why, nodes, faults };
  }
  return {
    verdict: 'refuted',
    why: say(
      'refuted',
      '{failed} of {all} failed: {refused} refused, {reset} reset, {silent} without an answer; they went to {nodes}.',
      values,
    ),
    frames: [...failing.flatMap(([, { failures }]) => failures), ...connections.failures]
      .sort((a, b) => a - b)
      .slice(0, 8),
    nodes,
    faults,
  };
}
