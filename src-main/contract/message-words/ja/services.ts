/** The sentences of found services and of drills in Japanese, by their id. */
export const services: Readonly<Record<string, string>> = {
  'service-of.address': 'サービス {address} のアドレスとポートが要求そのものと一致します。',
  'service-of.port-zero':
    'サービス {address} が {vip}:{port} を引き受けます。ポート 0 は、専用のサービスがないすべてのポートを表すからです。',
  'service-of.mark':
    'ファイアウォールマーク {address} のサービスが {vip}:{port} を引き受けます。ディレクターのルールがこれらのパケットにそのマークを付けるからです。',
  'service-of.mark-likely':
    'ファイアウォールマーク {address} のサービスが {vip}:{port} を引き受けるとみなします。どのパケットにマークが付くかは確実には読み取れませんでした。',
  'service-of.none': 'ディレクターには仮想サービスが 1 つもなく、{address} のものもありません。',
  'service-of.others': 'ディレクターには {address} の仮想サービスがありません。あるのは {seen} です。',
  'service-of.others-marked':
    'ディレクターには {address} の仮想サービスがありません。あるのは {seen} で、パケットには次のルールでマークが付きます：{rules}。',
  'drill.persistence':
    '{server} が外れた後もエラーが続きました。サービスは永続的で、{server} に結び付けられたクライアントは重み 0 でもそこに留まります（net.ipv4.vs.expire_quiescent_template は 0）。結び直させるには、ディレクターで sysctl net.ipv4.vs.expire_quiescent_template=1 を実行します。',
  'drill.hash':
    '{server} が外れた後もエラーが続きました。{scheduler} はクライアントを 1 台のサーバーにハッシュし、その重みが 0 の間は要求を拒否します。フラグ {fallback} を付けると別のサーバーを探します（lvslab service LAB --flags {flags}）。ハッシュしないスケジューラーでも同じです。',
  'drill.hash-port':
    '{server} が外れた後もエラーが続きました。{scheduler} はクライアントのアドレスとポートを 1 台のサーバーにハッシュし、重み 0 のサーバーに当たった接続を拒否します。同じクライアントの次の接続は通ることがあります。フラグ {fallback} を付けると別のサーバーを探します（lvslab service LAB --flags {flags}）。ハッシュしないスケジューラーでも同じです。',
  'drill.unknown':
    '{server} が外れた後もエラーが続きましたが、原因は分かりません：{kinds}。失敗したのは {clients} のクライアントのうち {failing} で、そのうち {answered} はその間に応答も受けました。次に調べるもの：ディレクターで ipvsadm -Ln と ipvsadm -Lnc、および lvslab verify LAB。',
  'drill.dh':
    '{server} が外れた後もエラーが続きました。dh は仮想 IP アドレスをすべてのクライアントで 1 台のサーバーにハッシュし、その重みが 0 の間は要求を拒否します。別のスケジューラーならそうなりません。',
};
