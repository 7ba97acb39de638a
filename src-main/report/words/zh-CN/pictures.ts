import type { pictures as en } from '../en/pictures.ts';

export const pictures: typeof en = {
  topology: (mode, machines, segments) => `${mode} 模式下的实验：${machines}，位于 ${segments}`,
  weight: (n) => `权重 ${n}`,
  ladder: (frames, way, outcome) => `一个请求的 ${frames} 个帧：${way}；${outcome}`,
  rewrites: {
    'source-mac': '源 MAC',
    'destination-mac': '目的 MAC',
    source: '源 IP',
    destination: '目的 IP',
    'source-port': '源端口',
    'destination-port': '目的端口',
    'outer-header': '外层头',
    ttl: 'TTL',
  },
  addresses: '源 → 目的',
  rewrittenAs: (frame) => `改写与帧 ${frame} 相同`,
  shares: '应答的服务器',
  due: (share) => `承诺 ${share}`,
  sequence: (n) => `前 ${n} 个请求依次由谁应答`,
  failed: '失败',
  answered: '已应答',
  latency: (p50, p95, p99) => `应答耗时分布：p50 ${p50}，p95 ${p95}，p99 ${p99}`,
  rate: '每秒应答数',
  compared: {
    shares: '应答的服务器',
    latency: '延迟（毫秒）：p50、p95、p99',
    rate: '每秒请求数：中位数与各轮',
    bytes: '每个请求经过调度器的字节数：上为进，下为出',
  },
  gap: '切换模式时无应答',
  gapRows: { usual: '此前最长的等待', gap: '切换时无应答', took: '切换本身' },
};
