/**
 * The datagrams that the kernel threw away at each UDP socket on 127.0.0.1 because its receive buffer was full.
 * @param table the text of /proc/net/udp (proc_net_udp(5)): the local address is the second column, in hexadecimal
 * with the address in host byte order (little-endian here), `drops` is the last.
 * @returns drops by UDP port.
 */
export function parseUdpLosses(table: string): Map<number, number> {
  const losses = new Map<number, number>();
  for (const line of table.split('\n').slice(1)) {
    const columns = line.trim().split(/\s+/);
    const [address, port] = (columns[1] ?? '').split(':');
    const drops = Number(columns.at(-1));
    if (address !== '0100007F' || port === undefined || !Number.isInteger(drops)) continue;
    losses.set(Number.parseInt(port, 16), drops);
  }
  return losses;
}
