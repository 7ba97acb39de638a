import type { IpvsConnection, IpvsTimeouts } from '../contract/ipvs.ts';
import { unreadable } from './ipvsadm-rows.ts';

/** `pro expire state source virtual destination [pe name] [pe data]`, with expire as minutes and seconds. */
const connectionLine = /^(\S+) +(\d+):(\d\d) +(\S+) +(\S+:\d+) +(\S+:\d+) +(\S+:\d+)(?: +(.+?))?\s*$/;

/**
 * Reads what `ipvsadm -Lnc` prints. A template of a persistent service stands among the connections, with 0 for the
 * client's port; that of a firewall mark has the protocol IP and the mark in place of the virtual address.
 * @throws LabError 'guest-command-failed' naming the line that is not as ipvsadm 1.27 to 1.31 prints it.
 */
export function parseConnections(output: string): IpvsConnection[] {
  const connections: IpvsConnection[] = [];
  for (const line of output.split('\n')) {
    if (line === '' || line.startsWith('IPVS connection entries') || line.startsWith('pro expire')) continue;
    connections.push(readConnection(line));
  }
  return connections;
}

function readConnection(line: string): IpvsConnection {
  const fields = connectionLine.exec(line);
  if (!fields) throw unreadable(line);
  const [, protocol = '', minutes, seconds, state = '', source = '', virtual = '', destination = '', engine] =
    fields;
  return {
    protocol: protocol.toLowerCase(),
    expireSeconds: Number(minutes) * 60 + Number(seconds),
    state,
    source,
    virtual,
    destination,
    template: source.endsWith(':0'),
    persistenceEngine: engine ?? null,
  };
}

/**
 * Reads what `ipvsadm -L --timeout` prints.
 * @throws LabError 'guest-command-failed' when that is another line.
 */
export function parseTimeouts(output: string): IpvsTimeouts {
  const fields = /^Timeout \(tcp tcpfin udp\): (\d+) (\d+) (\d+)\s*$/m.exec(output);
  if (!fields) throw unreadable(output);
  const [, tcp, tcpFin, udp] = fields;
  return { tcp: Number(tcp), tcpFin: Number(tcpFin), udp: Number(udp) };
}
