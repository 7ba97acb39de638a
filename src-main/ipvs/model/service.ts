import { ipv4, splitAddress } from './addresses.ts';
import type { Presence } from './connection.ts';
import type { ModelClient, ModelServer, ModelService, ModelSettings, UnknownReason } from './types.ts';

/** A service with what its addresses mean. */
export interface ReadService extends ModelService {
  /** Null for a firewall mark, which has no address of its own. */
  readonly vip: { readonly host: string; readonly number: number; readonly port: number } | null;
}

/** Reads the addresses of a service, or says why nothing of it can be followed. */
export function readService(service: ModelService, settings: ModelSettings): ReadService | UnknownReason {
  const { protocol, address, persistenceEngine } = service;
  if (isIpv6(service)) return 'ipv6';
  if (protocol === 'udp' || protocol === 'sctp') return 'protocol';
  if (persistenceEngine) return 'persistence-engine';
  if (isDefended(settings)) return 'defence';
  if (protocol === 'fwmark') return { ...service, vip: null };
  const { host, port } = splitAddress(address);
  const number = ipv4(host);
  return number === undefined ? 'ipv6' : { ...service, vip: { host, number, port } };
}

/** ipvsadm prints IPv6 addresses in brackets, and the word behind a mark. */
function isIpv6({ address, servers }: ModelService): boolean {
  return /[[]|IPv6/.test(address) || servers.some((server) => server.address.includes('['));
}

/** 1 is a defence that waits for need, and is not there yet; 2 and 3 are in force. */
function isDefended({ defence }: ModelSettings): boolean {
  return defence !== undefined && Math.max(defence.dropEntry, defence.dropPacket, defence.secureTcp) >= 2;
}

/** `VIP:port` that a client's packet was for; undefined where it must be told and is not. */
export function virtualOf(service: ReadService, client: ModelClient): string | undefined {
  return service.vip && service.vip.port !== 0 ? service.address : client.virtual;
}

/**
 * Whether a listed connection belongs to the service, by its virtual address and destination. Not sure where the service
 * has every port or goes by a mark, and none of its servers is the destination: it may be of a server that has gone, or
 * of another service.
 */
export function ownsConnection(service: ReadService, virtual: string, destination: string): Presence {
  if (service.vip && service.vip.port !== 0) return virtual === service.address ? 'yes' : 'no';
  if (service.vip && splitAddress(virtual).host !== service.vip.host) return 'no';
  return listedServer(service.servers, destination) === -1 ? 'maybe' : 'yes';
}

/**
 * Templates stand under the service's address; under port 0 where that is 0 or that of FTP; under the mark as an address
 * for a firewall mark. ip_vs_sched_persist() in ip_vs_core.c.
 */
export function ownsTemplate(service: ReadService, virtual: string): boolean {
  const { host, port } = splitAddress(virtual);
  if (!service.vip) {
    const mark = Number.parseInt(service.address, 10);
    return port === 0 && (ipv4(host) === mark || Number(host) === mark);
  }
  return host === service.vip.host && port === (service.vip.port === ftpPort ? 0 : service.vip.port);
}

/** FTPPORT in include/net/ip_vs.h. */
const ftpPort = 21;

/**
 * The place of the server that a pick was seen at: by address and port, else by the address where only one has it, since
 * frames do not always tell the port; or -1.
 */
export function serverAt(servers: readonly ModelServer[], destination: string): number {
  return placeOf(servers, destination, () => true);
}

/**
 * The place of the server of a listed connection or template; or -1 for one that has left the table. A port of 0 stands
 * for every port: in the table for a server's, in the listing for that of a mark's template.
 */
export function listedServer(servers: readonly ModelServer[], destination: string): number {
  const { port } = splitAddress(destination);
  return placeOf(servers, destination, (own) => port === 0 || own === 0);
}

function placeOf(
  servers: readonly ModelServer[],
  destination: string,
  mayBe: (port: number) => boolean,
): number {
  const exact = servers.findIndex(({ address }) => address === destination);
  if (exact !== -1) return exact;
  const { host } = splitAddress(destination);
  const same = [...servers.keys()].filter((index) => {
    const own = splitAddress(servers[index]?.address ?? '');
    return own.host === host && mayBe(own.port);
  });
  return same.length === 1 ? (same[0] ?? -1) : -1;
}

/** Where a connection went, or the first of where it may have gone; undefined for a server that is not in the table. */
export function serverOf(
  { servers }: ModelService,
  connection: { readonly servers: readonly (number | null)[] },
): ModelServer | undefined {
  return servers[connection.servers.find((server) => server !== null) ?? -1];
}
