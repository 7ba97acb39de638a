import type { Fault } from '../../contract/evidence.ts';
import { countOf, listed, message, type Message } from '../../contract/message.ts';
import { accountsFor } from '../accounts-for.ts';
import type { Evidence } from '../evidence.ts';
import { asFault, fault } from '../faults.ts';
import { mapLab } from '../lab-map.ts';
import type { FailureEnd, LastFrame } from '../trace/failure-ends.ts';
import { symptomsOf } from './symptoms.ts';

/** Symptoms whose words guess at a cause that the node's own state would show. */
const guesses: readonly string[] = [
  'refuses',
  'unreachable',
  'silent-dr',
  'silent-nat',
  'silent-tun',
  'held-back',
  'not-handed-on',
  'director-refuses',
  'director-resets',
];

/**
 * The faults of failed requests: each symptom, what of rules, queues, limits and the scheduler accounts for it, and
 * `unknown` in the place of a guess that the node's state, which was read, does not bear out.
 */
export function failureFaults(evidence: Evidence): Fault[] {
  const { failures, borneOut } = symptomsOf(evidence);
  const faults = failures.map((seen) =>
    guesses.includes(seen.kind) && wasRead(evidence, seen.node) && !isAccountedFor(seen)
      ? unknown(evidence, seen)
      : seen,
  );
  const own = borneOut.filter((state) => failures.some((seen) => accountsFor(state, seen)));
  return [...own.map(asFault), ...faults];

  function isAccountedFor(seen: Fault): boolean {
    return [...borneOut, ...failures].some((cause) => cause.kind !== seen.kind && accountsFor(cause, seen));
  }
}

function wasRead({ facts = {}, table, lab }: Evidence, node: string): boolean {
  return node in facts && (table !== undefined || !mapLab(lab).directors.includes(node));
}

/** What was seen of failures that nothing read accounts for, and where to look next. */
function unknown(evidence: Evidence, { node, cause, kind }: Fault): Fault {
  const { facts = {}, findings, lab } = evidence;
  const isDirector = mapLab(lab).directors.includes(node);
  const ends = [...findings.connections.ends.values()].filter(({ server }) =>
    isDirector ? server === null : server === node,
  );
  const counted = Object.entries(facts[node]?.counted ?? {}).filter(([, count]) => count > 0);
  const seen = [
    ...ends.slice(0, endsTold).map(inWords),
    ...(counted.length === 0
      ? []
      : [
          message('term.kernel-counted', 'the kernel of {node} counted {what}', {
            node,
            what: listed(counted.map(([name, count]) => `${name} ${count}`)),
          }),
        ]),
    isDirector
      ? message('term.looked-director', 'its table, VIP, filter rules and sysctls show no reason')
      : message(
          'term.looked-server',
          'its addresses, routes, ARP and rp_filter settings, listening sockets, filter rules and queues show no reason',
        ),
  ];
  const count = cause.values['count'] ?? countOf(1, 'connection');
  return fault('unknown', node, false, {
    count,
    seen: listed(seen, '; '),
    next: nextLook(node, kind, isDirector),
  });
}

const endsTold = 3;

function inWords({ count, request, reply, frame }: FailureEnd): Message {
  return message('term.failure-end', '{count} ended with {request}, then {reply} (frame {frame})', {
    count: countOf(count, 'connection'),
    request: frameWords(request),
    reply: frameWords(reply),
    frame,
  });
}

function frameWords(last: LastFrame | null): Message {
  if (!last) return message('term.no-frame', 'nothing');
  return message('term.last-frame', '{what} from {from} to {to}', {
    what: last.what,
    from: last.from,
    to: last.to ?? message('term.nobody-of-the-lab', 'nobody of the lab'),
  });
}

function nextLook(node: string, kind: string, isDirector: boolean): Message {
  if (isDirector)
    return message(
      'term.look-director',
      'on {node}: ipvsadm -Ln; ipvsadm -Lnc; sysctl net.ipv4.vs; nft list ruleset; dmesg',
      { node },
    );
  if (kind === 'refuses' || kind === 'unreachable')
    return message('term.look-listener', 'on {node}: ss -ltnp; nft list ruleset; the log of the web server', {
      node,
    });
  return message('term.look-server', 'on {node}: tcpdump -ni any; nstat -az; nft list ruleset; dmesg', {
    node,
  });
}
