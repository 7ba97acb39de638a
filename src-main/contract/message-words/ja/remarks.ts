/** The sentences of remarks, of requests accounted for and of drift, in Japanese, by their id. */
export const remarks: Readonly<Record<string, string>> = {
  'claim.director-set-up.off': '{nodes} は停止していて、尋ねられなかった。',
  'claim.director-set-up.unread': '{nodes} の状態は読み取られていない。',
  'claim.director-set-up.unexplained': '{nodes} でリクエストが失敗したが、読み取った状態には理由がない。',
  'claim.director-set-up.open': 'まだ決まらない：{pending}。',
  'claim.director-set-up.other-way':
    '{answered}が届いたが、{ways} は手順とは別の方法で設定されている。注記を参照。',
  'claim.real-server-set-up.off': '{nodes} は停止していて、尋ねられなかった。',
  'claim.real-server-set-up.unread': '{nodes} の状態は読み取られていない。',
  'claim.real-server-set-up.unexplained': '{nodes} でリクエストが失敗したが、読み取った状態には理由がない。',
  'claim.real-server-set-up.open': 'まだ決まらない：{pending}。',
  'claim.real-server-set-up.other-way':
    '{answered}が届いたが、{ways} は手順とは別の方法で設定されている。注記を参照。',
  'claim.every-request-answered.bad-answers':
    '{all}のうち {failed} 件が失敗した。どれも {nodes} からエラーの応答を受けた。',
  'claim.counters-agree.frozen':
    'ディレクターのカウンターは止まっている。net.ipv4.vs.run_estimation が 0 で、集計するのはその見積もりだけである。',
  'claim.tun-adds-20-bytes.other-way': '{all}のうち、{found}。',
  'claim.dr-rewrites-mac-only.other-way': '{all}のうち、{found}。',
  'claim.nat-rewrites-both-ways.other-way': '{all}のうち、{found}。',
  'account.incomplete': '記録には、この負荷のすべてのフレームがあるわけではない。',
  'account.missing': '{all}のうち {missing} 件は、記録にフレームを残していない。',
  'account.unseen': '{all}のうち {handedOn} 本はディレクターが渡した。{others}。',
  'account.unseen-by': '{count}は {node} が応答したが、どう届いたかを示すフレームはない',
  'term.masqueraded': '{count} 本はクライアントのものとは別のアドレスから {server} へ送られた',
  'term.tunnelled': '{count} 本は {tunnel} で {server} へ送られた',
  'term.no-reply-at-all': '何も返さない',
  'term.kernel-counted': '{node} のカーネルが数えたもの：{what}',
  'term.looked-director': 'その表、VIP、フィルター規則、sysctl に理由は見当たらない',
  'term.looked-server':
    'そのアドレス、経路、ARP と rp_filter の設定、待ち受けソケット、フィルター規則、キューに理由は見当たらない',
  'term.failure-end': '{count}は {request}、続いて {reply} で終わった（フレーム {frame}）',
  'term.no-frame': '何もなし',
  'term.last-frame': '{from} から {to} への {what}',
  'term.nobody-of-the-lab': 'ラボの外',
  'term.look-director': '{node} で：ipvsadm -Ln、ipvsadm -Lnc、sysctl net.ipv4.vs、nft list ruleset、dmesg',
  'term.look-listener': '{node} で：ss -ltnp、nft list ruleset、Web サーバーのログ',
  'term.look-server': '{node} で：tcpdump -ni any、nstat -az、nft list ruleset、dmesg',
  'term.open-table': '{node} の表は読み取られていない',
  'term.open-no-answer': '{node} を経て応答されたリクエストはなく、その状態は異なる',
  'term.open-idle': '{node} はリクエストを一つも渡されず、その状態は手順どおりではない',
  'term.open-way': '{node} は{count}に応答したが、どう受け取るのかは読み取った状態からわからない',
  'term.left-out-missing': 'ディレクターの表にそれがない',
  'term.left-out-weight': '重みが 0 である',
  'term.left-out-full': '上限（{upper}）に達している',
  'term.left-out-persistent': '持続性により、各クライアントは最初のサーバーに留まる',
  'term.left-out-scheduler': 'スケジューラー {scheduler} がすべてに別のサーバーを選んだ',
  'drift.zero-mask':
    '{address} のマスクは 0.0.0.0：`ifconfig {label} {address}/32` が残したもので、net-tools 2.10 は /32 をこのマスクと取り、何も言わない。{address} 宛のパケットは /32 と同じく受け取られ、経路は増えも減りもしない。ただし `ip address del {address}/32` では見つからず、{device} にある二つめの同様のアドレスは一つめと一緒に消える。サービスが動くかどうかは lvslab verify でわかる。',
  'remark.way-redirect.words':
    '{node} は自分へ転送する規則で VIP 宛のパケットを受け取り、どのインターフェースにも VIP は要らない：{rule}',
  'remark.way-tproxy.words': '{node} は TPROXY 規則で VIP 宛のパケットを受け取る：{rule}',
  'remark.way-dnat.words': '{node} は宛先を変える規則で VIP 宛のパケットを受け取る：{rule}',
  'remark.way-local-route.words':
    '{node} は VIP をアドレスとして持たず、local 経路で VIP 宛のパケットを受け取る。',
  'remark.way-device.words': '{node} の VIP は手順の {wanted} ではなく {device} にある。',
  'remark.mask-zero.words':
    '{node} の VIP は {label} の {address}：`ifconfig {label} {vip}/32` が残すもので、net-tools 2.10 は /32 をマスク 0.0.0.0 と取り、何も言わない。カーネルはプレフィックス 0 の経路を作らないので、VIP 宛のパケットは /32 と同じく受け取られ、経路、ARP、他のアドレスには影響しない。',
  'remark.mask-zero.advice':
    '害になる点：`ip address del {vip}/32` では見つからず、二つめの同様のアドレスは一つめと一緒に消える。直すには：ip address del {address} dev {device}; ip address add {vip}/32 dev {device}、または ifconfig {label} {vip} netmask 255.255.255.255',
  'remark.mask-wide.words':
    '{node} の VIP は {device} の {address} で、プレフィックスが 32 ではない：{device} ではネット全体への経路ができる。',
  'remark.mask-wide.advice':
    '{node} で：ip address del {address} dev {device}; ip address add {vip}/32 dev {device}',
  'remark.differs.words':
    '{state}これによって失敗したリクエストはない。フレームは、{node} が手順とは別の方法で役目を果たすことを示す。',
  'remark.differs-idle.words': '{state}それに届いたリクエストはなく、害があるかどうかは示されていない。',
  'remark.differs-idle.advice': '直すには：{remedy}',
  'remark.condition.words': '{state}この負荷では、これによって失敗したリクエストはない。',
  'remark.condition.advice': '直すには：{remedy}',
  'remark.service-by-mark.words':
    'リクエストを受けるのは {vip}:{port} のサービスではなく、ファイアウォールマーク {mark} のサービスである：{why}',
  'remark.service-any-port.words':
    'リクエストを受けるのはサービス {address} で、VIP のすべてのポートを表す。',
  'remark.left-out.words': '{count}のうち {node} に渡されたものはない：{why}。',
  'remark.other-tunnel.words': '{count}は手順の IPIP ではなく {tunnel} で {node} へ送られた。',
  'remark.other-tunnel.advice': 'IPIP のつもりなら、ディレクターで：ipvsadm -e、{node} に -i --tun-type ipip',
  'remark.extra-servers.words':
    '{node} のサービスには {servers} のエントリーがあるが、ラボのリアルサーバーではない。',
  'remark.own-answers.words':
    '{node} は{count}に自分で応答した。表で自分がリアルサーバーになっているか、ip_vs が受け取らなかった。',
  'remark.retried.words':
    '{count}は、クライアントが SYN を送り直してから通った。最初のものはどこにも届かなかった。',
  'remark.retried.advice': '各ノードの `nstat -az` と、ケーブルやキューの障害（tc qdisc show）を調べる。',
};
