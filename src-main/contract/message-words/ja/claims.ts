/** The sentences of the claims in Japanese, by their id. */
export const claims: Readonly<Record<string, string>> = {
  'count.answer': '{count} 件の応答',
  'count.connection': '{count} 本の接続',
  'count.fragment': '{count} 個のフラグメント',
  'count.frame': '{count} 個のフレーム',
  'count.packet': '{count} 個のパケット',
  'count.page': '{count} 件のページ',
  'count.question': '{count} 回の問い合わせ',
  'count.reply-packet': '{count} 個の応答パケット',
  'count.request': '{count} 件のリクエスト',
  'count.request-frame': '{count} 個のリクエストのフレーム',
  'count.request-packet': '{count} 個のリクエストのパケット',
  'count.time': '{count} 回',

  'term.title': '「{title}」',
  'term.no-real-server': 'どのリアルサーバーでもない所',
  'term.the-router': 'ルーター',
  'term.through': '{via} を経由して',
  'term.method.nat': 'マスカレード（NAT）',
  'term.method.dr': 'ダイレクトルーティング（DR）',
  'term.method.tun': 'トンネル（TUN）',
  'term.method.local': '自分自身',
  'term.work.mac-only': '{count} 個は MAC アドレスだけが変わった',
  'term.work.addresses': '{count} 個はアドレスが書き換えられた',
  'term.work.masqueraded': '{count} 個はマスカレードされ、クライアント側のアドレスも書き換えられた',
  'term.work.ipip': '{count} 個は IPIP に入れられた',
  'term.work.gre': '{count} 個は GRE に入れられた',
  'term.work.gue': '{count} 個は GUE に入れられた',
  'term.work.other': '{count} 個は別の形で変わった',
  'term.work.unmatched': '{count} 個は以前に見えていない',
  'term.guess.tunnel': 'おそらくそこで tunl0 が停止しているか、ipip が読み込まれていない',
  'term.guess.listener': 'おそらくそこで何も待ち受けていないか、フィルターに遮られている',

  'claim.director-set-up.title': 'ディレクターが設定されている',
  'claim.director-set-up.statement.nat':
    'ディレクターは VIP と仮想サービスを持ち、すべてのリアルサーバーについてマスカレードし、パケットを転送する。',
  'claim.director-set-up.statement.dr':
    'ディレクターは VIP と仮想サービスを持ち、すべてのリアルサーバーへダイレクトルーティングで渡す。',
  'claim.director-set-up.statement.tun':
    'ディレクターは VIP と仮想サービスを持ち、すべてのリアルサーバーへトンネルで渡す。',
  'claim.director-set-up.proved': 'このモードに必要なものはすべて {nodes} にあった。',
  'claim.director-set-up.refuted-one': '{nodes} に、このモードの求めるとおりでない点が一つある。',
  'claim.director-set-up.refuted': '{nodes} に、このモードの求めるとおりでない点が {count} つある。',

  'claim.real-server-set-up.title': 'どのリアルサーバーも設定されている',
  'claim.real-server-set-up.statement.nat':
    'どのリアルサーバーもディレクターを経由してクライアントに届き、Web サーバーが待ち受けている。',
  'claim.real-server-set-up.statement.dr':
    'どのリアルサーバーも VIP 宛のパケットを自分のものとして受け取り、ARP ではそれを明かさず、ディレクターを通らずにクライアントに届き、Web サーバーが待ち受けている。',
  'claim.real-server-set-up.statement.tun':
    'どのリアルサーバーもトンネルから出る VIP 宛のものを受け取り、ディレクターを通らずにクライアントに届き、Web サーバーが待ち受けている。',
  'claim.real-server-set-up.proved': 'このモードに必要なものはすべて {nodes} にあった。',
  'claim.real-server-set-up.refuted-one': '{nodes} に、このモードの求めるとおりでない点が一つある。',
  'claim.real-server-set-up.refuted': '{nodes} に、このモードの求めるとおりでない点が {count} つある。',

  'claim.arp-only-director.title': 'VIP の ARP に答えるのはディレクターだけである',
  'claim.arp-only-director.statement':
    'ARP で VIP を尋ねた者にはディレクターだけが答え、ほかの誰も VIP を名乗らない。',
  'claim.arp-only-director.unasked':
    '誰も VIP を尋ねなかった。クライアントはその MAC アドレスをすでに知っていた。',
  'claim.arp-only-director.refuted':
    '{nodes} は VIP について {replies}答え、送信元アドレスとして {announcements}使った。一回の問い合わせに {most}があった。',
  'claim.arp-only-director.proved': 'VIP への{questions}、{answers}。すべて {director} から。',
  'claim.arp-only-director.nobody': '誰が VIP を持つかという{questions}に、誰も答えなかった。',

  'claim.requests-pass-director.title': 'リクエストはディレクターを通る',
  'claim.requests-pass-director.statement':
    'リアルサーバーに届いた接続は、どれもディレクターから渡されたものである。',
  'claim.requests-pass-director.refuted': '{all}のうち {bypassed}がディレクターを通らずに {nodes} に届いた。',
  'claim.requests-pass-director.none': 'リアルサーバーに届いた接続はない。',
  'claim.requests-pass-director.proved': '{count}がリアルサーバーに届いた。どれもディレクターによる。',

  'claim.no-bypass.title': 'ディレクターを迂回するリクエストのフレームはない',
  'claim.no-bypass.statement':
    'リクエストのフレームは、ディレクター以外の誰からもリアルサーバーに一つも送られない。',
  'claim.no-bypass.refuted':
    'リアルサーバーへのリクエストのフレーム {all} 個のうち、{senders} が {past}を {nodes} へ直接送った。',
  'claim.no-bypass.none': 'リアルサーバーに届いたリクエストのフレームはない。',
  'claim.no-bypass.proved': '{count}がリアルサーバーに届いた。すべてディレクターから。',

  'claim.reply-path.title': '応答はモードどおりの経路を通る',
  'claim.reply-path.statement.nat':
    'どの応答もリアルサーバーからディレクターへ行き、ディレクターがクライアントへ送る。',
  'claim.reply-path.statement.dr':
    'どの応答もリアルサーバーからクライアントまたはそのルーターへ行き、ディレクターへは一つも行かない。',
  'claim.reply-path.statement.tun':
    'どの応答もリアルサーバーからクライアントまたはそのルーターへ行き、ディレクターへは一つも行かない。',
  'claim.reply-path.none': '応答を送ったリアルサーバーはない。',
  'claim.reply-path.under-way': '応答の {in}がディレクターに来た。まだ一つも出ていない。',
  'claim.reply-path.nat':
    '応答の {in}がディレクターに来て、{out} 個が出ていった。別の経路を通ったものはない。',
  'claim.reply-path.direct': '応答の {past}が {nodes} を出た。ディレクター宛ては一つもない。',
  'claim.reply-path.past': '{nodes} は応答の {count}をディレクターを通さずに送った。',
  'claim.reply-path.into': '{nodes} は応答の {count}をディレクターへ送った。',
  'claim.reply-path.held-back':
    '応答の {in}がディレクターに来て、{out} 個が出ていった。{nodes} のものはその先へ進まなかった。',

  'claim.dr-rewrites-mac-only.title': 'ディレクターは MAC アドレスだけを書き換え、IP アドレスは変えない',
  'claim.dr-rewrites-mac-only.statement.dr':
    'ディレクターが渡すものは、受け取ったものと MAC アドレス（新しいカーネルでは TTL も）だけが違い、IP アドレスもポートも変わらない。',
  'claim.dr-rewrites-mac-only.proved':
    '{count}が、宛先 MAC だけを変え、アドレスとポートはそのままで先へ進んだ。',
  'claim.dr-rewrites-mac-only.none': 'ディレクターは、前の姿が記録にあるリクエストを渡していない。',
  'claim.dr-rewrites-mac-only.other': '{right} 個のパケットはそのとおりに扱われた。ほかは{found}。',

  'claim.nat-rewrites-both-ways.title': 'ディレクターは両方向でアドレスを書き換える',
  'claim.nat-rewrites-both-ways.statement.nat':
    'リクエストは宛先の VIP が RIP に替わって先へ進み、応答は送信元のその RIP が VIP に替わって先へ進む。クライアント側は変わらない。',
  'claim.nat-rewrites-both-ways.half': '{there}と {back}の書き換えが見えた。',
  'claim.nat-rewrites-both-ways.proved': '{there}で VIP が RIP に替わり、{back}で RIP が VIP に替わった。',
  'claim.nat-rewrites-both-ways.other': '{right} 個のパケットはそのとおりに扱われた。ほかは{found}。',
  'claim.nat-rewrites-both-ways.premise': '次のことが成り立たないため、示すことができない：{names}。',

  'claim.tun-adds-20-bytes.title': 'ディレクターはリクエストを IPIP に入れ、20 バイト長くする',
  'claim.tun-adds-20-bytes.statement.tun':
    'ディレクターは、クライアントから VIP へのリクエストをそのまま、DIP から RIP へのプロトコル 4 の IP パケットに入れて渡す。ちょうど 20 バイト長い。',
  'claim.tun-adds-20-bytes.proved':
    '{count}が、DIP から RIP へのプロトコル 4 の中でそのまま先へ進んだ。どれも 20 バイト長い。',
  'claim.tun-adds-20-bytes.none': 'ディレクターは、前の姿が記録にあるリクエストを渡していない。',
  'claim.tun-adds-20-bytes.other': '{right} 個のパケットはそのとおりに扱われた。ほかは{found}。',

  'claim.mtu.title': 'パケットは MTU に収まる',
  'claim.mtu.statement':
    '出ていく NIC の MTU より長いパケットはなく、分割されるものもなく、「フラグメントが必要」（fragmentation needed）と言われた者はより短く送る。',
  'claim.mtu.none': 'IP パケットは見えなかった。',
  'claim.mtu.unread': '{nodes} の MTU を読み取れなかった。',
  'claim.mtu.unheeded': '{nodes} は、ICMP メッセージが告げた {mtu} バイトより長い {count}を再び送った。',
  'claim.mtu.too-long': '{length} バイトのパケットが、MTU {most} の {port} から出た。',
  'claim.mtu.fragments': '{nodes} が {count}を送った。',
  'claim.mtu.proved': '最も長い IP パケットは {longest} バイト。長さのために分割や拒否をされたものはない。',
  'claim.mtu.heeded':
    '最も長い IP パケットは {longest} バイト。「フラグメントが必要、MTU {mtu}」（fragmentation needed）が {told} 回送られ、守られた。',

  'claim.every-request-answered.title': 'どのリクエストにも応答がある',
  'claim.every-request-answered.statement': 'クライアントが VIP へ始めたどの接続にも応答があった。',
  'claim.every-request-answered.none': '始めから終わりまで見えたリクエストはない。',
  'claim.every-request-answered.proved': '{count}のうち {all} 件に応答があった。',
  'claim.every-request-answered.refuted':
    '{all}のうち {failed} 件が失敗した。拒否 {refused}、リセット {reset}、無応答 {silent}。行き先は {nodes}。',

  'claim.counters-agree.title': 'ディレクターのカウンターはフレームと一致する',
  'claim.counters-agree.statement':
    'ip_vs が数えた出入りのパケットと接続は、フレームが示すディレクターを通ったものと同じである。',
  'claim.counters-agree.unread': 'ディレクターのカウンターは読み取られていない。',
  'claim.counters-agree.incomplete': 'その間のフレームがすべて記録にあるわけではない。',
  'claim.counters-agree.number': '{name} {counted} 対 {most}',
  'claim.counters-agree.range': '{name} {counted} 対 {least}～{most}',
  'claim.counters-agree.refuted': 'カウンターとフレームが食い違う：{numbers}。',
  'claim.counters-agree.proved': 'カウンター対フレーム：{numbers}。',
  'claim.counters-agree.with-icmp':
    '{why}ディレクター自身も、ARP に応答しないマシンを知らせるなどの ICMP エラーを {count} 送った。ip_vs はこれも該当する接続に数える。',
};
