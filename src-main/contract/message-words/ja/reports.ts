/** What a report says of what was not measured, in Japanese, by its id. */
export const reports: Readonly<Record<string, string>> = {
  'report.no-run': '負荷は測定されていません。一度も送られていません。',
  'report.no-observation': '主張は判定されていません。回線上でリクエストが観察されていません。',
  'report.mode-unused':
    'モード {mode} では何も測定されていません。実習環境がこのモードに切り替えられていません。',
  'report.unread': '項目 {entry}（{verb}）の結果は、読める形で残されていません。',
  'report.sealed':
    '項目 {entry} の手順はそのときには実行されていません。適用済みの状態から復元されたもので、コマンド、出力、時間はその状態を作ったときのものです。',
  'report.samples-missing':
    '負荷 {entry} のサンプル {asked} 件のうち {kept} 件だけが残されています。数値はこれらのみによります。',
  'report.samples-not-kept': '負荷 {entry} のサンプルが残されていないため、数値は示しません。',
  'report.schedule-not-kept':
    '負荷 {entry} は判定されていません。ディレクターが約束した内容が残されていません。',
  'report.disturbed': '負荷 {entry} は判定されていません。実行中に実習環境が変更されました（{verbs}）。',
  'report.table-before-not-kept': '負荷 {entry} の前のディレクターの表は残されていません。',
  'report.frames-lost': '観察 {entry} では、記録に残らなかったフレームがあります：{frames}。',
  'report.evidence-not-kept':
    '観察 {entry} は判定し直せません。フレームまたはゲストの状態が残されていません。',
  'report.gap':
    '{from} から {to} への切り替え（項目 {entry}）でサービスが止まった時間は測定されていません。負荷が流れていませんでした。',
  'report.host-unknown': 'ホストについては何も残されていません。',
  'report.guests-unknown': 'バージョンを尋ねられるゲストがありませんでした。',
};
