/** Words that only pictures need. */
export const pictures = {
  topology: (mode: string, machines: string, segments: string) =>
    `The lab in ${mode}: ${machines}, on ${segments}`,
  weight: (n: string) => `weight ${n}`,
  ladder: (frames: string, way: string, outcome: string) =>
    `${frames} frames of one request: ${way}; ${outcome}`,
  /** As short as a column of a drawing wants them. */
  rewrites: {
    'source-mac': 'src MAC',
    'destination-mac': 'dst MAC',
    source: 'src IP',
    destination: 'dst IP',
    'source-port': 'src port',
    'destination-port': 'dst port',
    'outer-header': 'outer',
    ttl: 'TTL',
  },
  addresses: 'from → to',
  rewrittenAs: (frame: string) => `rewritten as in ${frame}`,
  shares: 'Who answered',
  due: (share: string) => `promised ${share}`,
  sequence: (n: string) => `Who answered the first ${n} requests, in order`,
  failed: 'failed',
  answered: 'answered',
  latency: (p50: string, p95: string, p99: string) =>
    `Replies by how long they took: p50 ${p50}, p95 ${p95}, p99 ${p99}`,
  rate: 'Replies a second',
  compared: {
    shares: 'Who answered',
    latency: 'Latency in ms: p50, p95, p99',
    rate: 'Requests a second: median, and each round',
    bytes: 'Bytes a request through the director: in above, out below',
  },
  gap: 'No reply at the switch of mode',
  gapRows: {
    usual: 'Longest wait before it',
    gap: 'No reply at the switch',
    took: 'The switch itself',
  },
};
