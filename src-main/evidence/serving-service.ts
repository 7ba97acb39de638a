import type { IpvsProtocol } from '../contract/ipvs.ts';
import type { Message } from '../contract/message.ts';
import { serviceOf, type FoundBy } from '../ipvs/service-of.ts';
import type { Evidence, TableEvidence } from './evidence.ts';
import { markRulesOf } from './facts/mark-rules.ts';
import { mapLab } from './lab-map.ts';

/** Which service of the director's table takes the load's requests. */
export interface ServingService {
  readonly service: TableEvidence | undefined;
  /** Undefined where there is none. */
  readonly by: FoundBy | undefined;
  readonly why: Message;
  /** ipvsadm's option before its address: `-t`, or `-f` for a firewall mark. */
  readonly flag: '-t' | '-u' | '-f';
}

/** Finds the service as ip_vs does; undefined where the table was not read. */
export function servingService({
  lab,
  table,
  facts = {},
}: Pick<Evidence, 'lab' | 'facts'> & { readonly table?: Evidence['table'] | undefined }):
  ServingService | undefined {
  if (!table) return undefined;
  const { vip, port, protocol } = lab.service;
  const [director = ''] = mapLab(lab).directors;
  const rules = facts[director]?.rules;
  const entries = table.map((own) => ({
    own,
    protocol: own.protocol.toLowerCase() as IpvsProtocol,
    address: own.address,
    counters: own.conns === undefined ? null : { conns: own.conns },
  }));
  const answer = serviceOf(entries, { vip, port, protocol }, rules && markRulesOf(rules));
  const service = answer.service?.own;
  return {
    service,
    by: answer.service === undefined ? undefined : answer.by,
    why: answer.why,
    flag: flagOf(service),
  };
}

function flagOf(service: TableEvidence | undefined): ServingService['flag'] {
  const protocol = service?.protocol.toLowerCase();
  if (protocol === 'fwmark') return '-f';
  return protocol === 'udp' ? '-u' : '-t';
}

/**
 * Whether a director may answer requests itself: its table has it as a real server, or a web server of its own listens.
 * Otherwise what leaves it as an answer comes from a real server whose packets it masquerades.
 */
export function mayAnswerItself(evidence: Evidence, director: string): boolean {
  const rows = servingService(evidence)?.service?.servers ?? [];
  const listening = evidence.facts?.[director]?.listening ?? [];
  const { port } = evidence.lab.service;
  return rows.some(({ forwarding }) => forwarding === 'local') || listening.some((own) => own.port === port);
}
