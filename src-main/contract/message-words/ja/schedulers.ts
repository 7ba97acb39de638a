/** What each scheduler does, in Japanese, by the sentences' ids. */
export const schedulers: Readonly<Record<string, string>> = {
  'scheduler.rr.does': '新しい接続を順番に次のサーバーへ渡す。',
  'scheduler.wrr.does': '最大の重みから下へ、サーバーを何巡もしながら、重みがまだその値以上のものを選ぶ。',
  'scheduler.lc.does':
    '接続が最も少ないサーバーを選ぶ。アクティブな接続 1 本を非アクティブな接続 256 本と数える。',
  'scheduler.wlc.does':
    '重みに対して接続が最も少ないサーバーを選ぶ。指定がないとき ipvsadm が使うスケジューラー。',
  'scheduler.lblc.does':
    '宛先アドレスごとに、wlc と同じように選んだ 1 台のサーバーを使い続ける。アクティブな接続がその重みを超えるまで続く。',
  'scheduler.lblcr.does':
    'lblc と同様だが、宛先アドレスごとにサーバーの組を保ち、過負荷で組を広げ、のちにまた縮める。',
  'scheduler.dh.does':
    '宛先アドレスのハッシュでサーバーを選ぶ。キャッシュの前に置くディレクターのためのもの。',
  'scheduler.sh.does': 'クライアントのアドレスのハッシュでサーバーを選ぶ。',
  'scheduler.sed.does': '（アクティブな接続数 + 1）が重みに対して最も小さいサーバーを選ぶ。',
  'scheduler.nq.does': 'アクティブな接続のない最初のサーバーを選び、なければ sed に従う。',
  'scheduler.fo.does': '使えるサーバーのうち重みが最大のものへすべてを送る。',
  'scheduler.ovf.does':
    '重みが最大のサーバーへ、アクティブな接続がその重みを超えるまですべてを送り、その後は次へ送る。',
  'scheduler.mh.does':
    'クライアントのアドレスのハッシュで、サーバーの増減であまり変わらない表からサーバーを選ぶ。',
  'scheduler.twos.does': '重みに応じて 2 台のサーバーを無作為に引き、重みに対して接続の少ないほうを選ぶ。',
};
