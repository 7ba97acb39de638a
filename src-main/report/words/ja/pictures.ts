import type { pictures as en } from '../en/pictures.ts';

export const pictures: typeof en = {
  topology: (mode, machines, segments) => `${mode} モードの構成: ${machines}（${segments}）`,
  weight: (n) => `重み ${n}`,
  ladder: (frames, way, outcome) => `1 つの要求の ${frames} フレーム: ${way}、${outcome}`,
  rewrites: {
    'source-mac': '送信元MAC',
    'destination-mac': '宛先 MAC',
    source: '送信元 IP',
    destination: '宛先 IP',
    'source-port': '送信元port',
    'destination-port': '宛先 port',
    'outer-header': '外側',
    ttl: 'TTL',
  },
  addresses: '元 → 先',
  rewrittenAs: (frame) => `フレーム ${frame} と同じ書き換え`,
  shares: '応答したサーバー',
  due: (share) => `約束 ${share}`,
  sequence: (n) => `最初の ${n} 要求に応答したサーバー（順番どおり）`,
  failed: '失敗',
  answered: '応答',
  latency: (p50, p95, p99) => `応答時間の分布: p50 ${p50}、p95 ${p95}、p99 ${p99}`,
  rate: '毎秒の応答数',
  compared: {
    shares: '応答したサーバー',
    latency: '応答時間（ms）: p50、p95、p99',
    rate: '毎秒の要求数: 中央値と各回',
    bytes: '1 要求あたりディレクターを通るバイト数: 上が入、下が出',
  },
  gap: 'モード切り替え時の無応答',
  gapRows: { usual: 'それまでの最長の待ち', gap: '切り替え時の無応答', took: '切り替えそのもの' },
};
