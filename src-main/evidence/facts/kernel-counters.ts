/** What a kernel counts where it throws a packet away or cannot take one, by its name in /proc/net/snmp and netstat. */
const watched: readonly string[] = [
  'IpInAddrErrors',
  'IpInUnknownProtos',
  'IpInDiscards',
  'IpOutDiscards',
  'IpOutNoRoutes',
  'IpInHdrErrors',
  'IcmpOutDestUnreachs',
  'TcpExtListenOverflows',
  'TcpExtListenDrops',
  'TcpExtTCPReqQFullDrop',
  'TcpExtIPReversePathFilter',
  'TcpExtTCPBacklogDrop',
  'IpExtInNoRoutes',
  'ConntrackDrop',
  'ConntrackEarlyDrop',
];

/**
 * Reads /proc/net/snmp, /proc/net/netstat (proc(5)) and /proc/net/stat/nf_conntrack, one after another. Names are those
 * of nstat(8); nf_conntrack's columns, which are hexadecimal and by processor, are summed up as `ConntrackDrop` and
 * `ConntrackEarlyDrop`.
 */
export function parseKernelCounters(lines: readonly string[]): Record<string, number> {
  const counted: Record<string, number> = {};
  const note = (name: string, value: number) => {
    if (watched.includes(name) && Number.isFinite(value)) counted[name] = (counted[name] ?? 0) + value;
  };
  let names: readonly string[] = [];
  let conntrack: readonly string[] | undefined;
  for (const line of lines) {
    const [group = '', ...words] = line.split(/\s+/);
    if (line.startsWith('entries ')) conntrack = [group, ...words];
    else if (conntrack) {
      const values = [group, ...words];
      note('ConntrackDrop', parseInt(values[conntrack.indexOf('drop')] ?? '', 16));
      note('ConntrackEarlyDrop', parseInt(values[conntrack.indexOf('early_drop')] ?? '', 16));
    } else if (/^-?\d+$/.test(words[0] ?? '')) {
      const prefix = group.replace(':', '');
      names.forEach((name, at) => {
        note(prefix + name, Number(words[at]));
      });
    } else names = words;
  }
  return counted;
}
