/** The sentences of switches and resets in Japanese, by their id. */
export const life: Readonly<Record<string, string>> = {
  'holder.unknown':
    'LVS Lab が知らない何か：カーネルが数える使用のうち {unknown} 件の出どころが見つかりません',
  'holder.keepalived': '{config} のサービスを維持する keepalived（プロセス {pid}）',
  'holder.process': 'サービスを維持する {name}（プロセス {pid}）',
  'holder.service': '仮想サービス {service}',
  'holder.daemon': '同期デーモン：{line}',
  'holder.rule': '{tool} のテーブル {table} のルール：{line}',
  'holder.namespace': '{things} を持つネットワーク名前空間 {path}',
  'holder.tunnel': 'モジュールとともに失われるトンネル {name}',
  'holder.address': 'モジュールとともに失われる tunl0 のアドレス {address}',
  'holder.module': '{of} を必要とするモジュール {name}',
  'switch.kept': '{node} の {modules} は読み込まれたままで、それを使うものも残ります：{what}。',
  'switch.ended': '{node} で終了させたもの：{what}。',
  'switch.stays': '{what}{why}',
  'reset.mode': 'モード {mode}（作成時は {was}）',
  'reset.scheduler': 'スケジューラー {now}（作成時は {was}）',
  'reset.persistence': 'サービスの永続性の設定',
  'reset.flags': 'スケジューラーのフラグ',
  'reset.timeouts': 'アイドル接続を保持する時間',
  'reset.weight': '{name} の重み {now}（作成時は {was}）',
  'reset.thresholds': '{name} のしきい値 {upper} と {lower}',
};
