import { message, type Message } from '../contract/message.ts';
import type { IpvsCounters, IpvsProtocol } from '../contract/ipvs.ts';
import { markOf, type MarkRule, type ServiceRequest } from './packet-marks.ts';

/** A virtual service of the director's table, as far as it must be known to find one. */
export interface TableEntry {
  readonly protocol: IpvsProtocol;
  /** `VIP:port`, or the number of the firewall mark. */
  readonly address: string;
  readonly counters?: Pick<IpvsCounters, 'conns'> | null;
}

/** By what ip_vs knows a request for its own. */
export type FoundBy = 'mark' | 'address' | 'port-zero';

/** The virtual service that takes the requests, and how that is known. */
export interface FoundService<Entry> {
  readonly service: Entry;
  readonly by: FoundBy;
  /** False where it is the likely one: the rules that set marks were not read, or one of them not understood. */
  readonly sure: boolean;
  readonly why: Message;
}

/** That service, or why none takes the requests and what the director has instead. */
export type ServiceAnswer<Entry> =
  FoundService<Entry> | { readonly service: undefined; readonly why: Message };

/**
 * The virtual service that takes requests for an address and port, as ip_vs itself looks for it: ip_vs_service_find() in
 * net/netfilter/ipvs/ip_vs_ctl.c asks for the packet's firewall mark first, then for address and port, then for the
 * address with port 0. Pure.
 * @param marks The rules that set marks, in their order; undefined where they could not be read.
 */
export function serviceOf<Entry extends TableEntry>(
  table: readonly Entry[],
  request: ServiceRequest,
  marks: readonly MarkRule[] | undefined,
): ServiceAnswer<Entry> {
  const { vip, port, protocol } = request;
  const named = (address: string) =>
    table.find((entry) => entry.protocol === protocol && entry.address === address);
  const marked = table.filter((entry) => entry.protocol === 'fwmark' && /^\d+$/.test(entry.address));
  const byAddress = named(`${vip}:${port}`);
  const byZero = named(`${vip}:0`);
  const { mark, sure } = marks === undefined ? { mark: 0, sure: false } : markOf(marks, request);
  const byMark = mark === 0 ? undefined : marked.find(({ address }) => Number(address) === mark);
  if (byMark) return found(byMark, 'mark', sure, request);
  const plain: Candidate<Entry> | undefined = byAddress
    ? { service: byAddress, by: 'address' }
    : byZero && { service: byZero, by: 'port-zero' };
  // Marks that are known leave the rest to address and port alone.
  if (sure || marked.length === 0) {
    return plain ? found(plain.service, plain.by, true, request) : none(table, request, marks);
  }
  const likely = likeliest(marked, plain);
  return likely ? found(likely.service, likely.by, false, request) : none(table, request, marks);
}

interface Candidate<Entry> {
  readonly service: Entry;
  readonly by: FoundBy;
}

/** Where marks are not known: the only one whose counters count, else the one by address, else the only one by mark. */
function likeliest<Entry extends TableEntry>(
  marked: readonly Entry[],
  plain: Candidate<Entry> | undefined,
): Candidate<Entry> | undefined {
  const byMark = marked.map((service) => ({ service, by: 'mark' as const }));
  const all: Candidate<Entry>[] = [...byMark, ...(plain ? [plain] : [])];
  const counted = all.filter(({ service }) => (service.counters?.conns ?? 0) > 0);
  if (counted.length === 1) return counted[0];
  return plain ?? (byMark.length === 1 ? byMark[0] : undefined);
}

function found<Entry extends TableEntry>(
  service: Entry,
  by: FoundBy,
  sure: boolean,
  { vip, port }: ServiceRequest,
): ServiceAnswer<Entry> {
  const values = { address: service.address, vip, port };
  const words: Record<FoundBy, Message> = {
    address: message('service-of.address', 'The service {address} has the very address and port.', values),
    'port-zero': message(
      'service-of.port-zero',
      'The service {address} takes {vip}:{port}, since port 0 stands for every port that has no service of its own.',
      values,
    ),
    mark: sure
      ? message(
          'service-of.mark',
          'The service by firewall mark {address} takes {vip}:{port}, since a rule of the director marks these packets so.',
          values,
        )
      : message(
          'service-of.mark-likely',
          'The service by firewall mark {address} is taken to be the one for {vip}:{port}: which packets get the mark could not be read for certain.',
          values,
        ),
  };
  return { service, by, sure, why: words[by] };
}

function none(
  table: readonly TableEntry[],
  { vip, port, protocol }: ServiceRequest,
  marks: readonly MarkRule[] | undefined,
): ServiceAnswer<never> {
  const values = { address: `${protocol} ${vip}:${port}` };
  if (table.length === 0) {
    return {
      service: undefined,
      why: message(
        'service-of.none',
        'The director has no virtual service at all, so none for {address}.',
        values,
      ),
    };
  }
  const seen = table.map((entry) => `${entry.protocol} ${entry.address}`);
  const rules = marks === undefined ? [] : marks.map(({ text }) => text);
  return {
    service: undefined,
    why:
      rules.length === 0
        ? message('service-of.others', 'The director has no virtual service for {address}; it has {seen}.', {
            ...values,
            seen,
          })
        : message(
            'service-of.others-marked',
            'The director has no virtual service for {address}; it has {seen}, and marks packets by: {rules}.',
            { ...values, seen, rules },
          ),
  };
}
