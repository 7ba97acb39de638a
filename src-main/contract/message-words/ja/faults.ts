/** The sentences about faults in Japanese, by their id. */
export const faults: Readonly<Record<string, string>> = {
  'fault.vip-missing.cause': '{node} は VIP {vip} を持たないため、宛てられたリクエストを捨てる。',
  'fault.vip-missing.remedy': '{node} で：ip address add {vip}/32 dev {device}',
  'fault.vip-missing-on-director.cause':
    '{node} のネットワークインターフェースに VIP {vip} がないため、誰もそれについて答えない。',
  'fault.vip-missing-on-director.remedy': '{node} で：ip address add {vip}/32 dev {device}',
  'fault.arp-ignore-off.cause':
    '{device} の arp_ignore が {found} なので、{node} は VIP の ARP に答える。クライアントがディレクターと取り違えうる。',
  'fault.arp-ignore-off.remedy':
    '{node} で：sysctl -w net.ipv4.conf.all.arp_ignore=1、その後クライアントの近隣テーブルを空にする。',
  'fault.arp-announce-off.cause':
    '{device} の arp_announce が {found} なので、{node} は VIP の名で近隣を尋ねる。聞いた者は {node} を VIP の持ち主と思う。',
  'fault.arp-announce-off.remedy':
    '{node} で：sysctl -w net.ipv4.conf.all.arp_announce=2、その後クライアントの近隣テーブルを空にする。',
  'fault.arp-answered.cause': '{node} は VIP の ARP に答えた。クライアントがディレクターと取り違えうる。',
  'fault.arp-answered.remedy':
    '{node} で：sysctl -w net.ipv4.conf.all.arp_ignore=1、その後クライアントの近隣テーブルを空にする。',
  'fault.arp-announced.cause':
    '{node} は VIP が自分にあると ARP で告げた。クライアントがディレクターと取り違えうる。',
  'fault.arp-announced.remedy':
    '{node} で：sysctl -w net.ipv4.conf.all.arp_announce=2、その後クライアントの近隣テーブルを空にする。',
  'fault.nobody-has-vip.cause':
    '誰が VIP {vip} を持つかという {count} 回の問い合わせに誰も答えず、リクエストを送れなかった。',
  'fault.nobody-has-vip.remedy': '{node} に VIP があるか調べる：ip address show',
  'fault.gateway-wrong.cause':
    '{node} はディレクターではなく{found}クライアント {client} に届く。応答はリクエストの来た道を戻らず、誰も VIP に戻さない。',
  'fault.gateway-wrong.remedy': '{node} で：ip route replace default via {wanted}',
  'fault.client-on-link.cause':
    'クライアント {client} は {node} と同じセグメントにあるため、{node} は直接応答する。NAT では応答に {node} のアドレスが残り、クライアントはそれを知らない。',
  'fault.client-on-link.remedy': 'クライアントを、ディレクターの反対側のセグメントに置く。',
  'fault.gateway-is-director.cause':
    '{node} はクライアント {client} への応答をディレクターへ送るが、ディレクターは自分のアドレスからのパケットを受け取らない。',
  'fault.gateway-is-director.remedy': '{node} で：ディレクターを通らない {client} への経路を与える。',
  'fault.no-route.cause': '{node} にはクライアント {client} への経路がなく、応答はどこへも行かない。',
  'fault.no-route.remedy': '{node} で：ip route replace default via {wanted}',
  'fault.ip-forward-off.cause':
    '{node} はパケットを転送しない（ip_forward が 0）。通るはずのものは先へ進まない。',
  'fault.ip-forward-off.remedy': '{node} で：sysctl -w net.ipv4.ip_forward=1',
  'fault.rp-filter-on.cause':
    '{node} はトンネルから出るものを捨てる（{device} の rp_filter が {found}）。クライアントへの帰り道がトンネルに向いていない。',
  'fault.rp-filter-on.remedy':
    '{node} で：sysctl -w net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.{device}.rp_filter=0',
  'fault.tunnel-missing.cause': '{node} には tunl0 がなく、プロトコル 4 を知らない。',
  'fault.tunnel-missing.remedy':
    '{node} で：modprobe ipip; ip link set tunl0 up; ip address add {vip}/32 dev tunl0',
  'fault.tunnel-down.cause': '{node} の tunl0 が停止しているため、ディレクターがトンネルで送るものを拒む。',
  'fault.tunnel-down.remedy': '{node} で：ip link set tunl0 up',
  'fault.not-listening.cause':
    '{node} のポート {port} では何も待ち受けていない。Web サーバーが動いていないか、{address} で待ち受けていない。',
  'fault.not-listening.remedy': '{node} で：`ss -ltn` を調べ、Web サーバーを起動する。',
  'fault.service-missing.cause': '{node} に仮想サービス {service} がない。',
  'fault.service-missing.remedy': '{node} で：ipvsadm -A -t {service} -s {scheduler}',
  'fault.server-missing.cause':
    '{node} の仮想サービスにリアルサーバー {server} がなく、リクエストが渡されない。',
  'fault.server-missing.remedy': '{node} で：ipvsadm -a {flag} {service} -r {address} {option}',
  'fault.wrong-method.cause': '{node} は {server} へのリクエストを、{wanted}ではなく{found}で渡している。',
  'fault.wrong-method.remedy': '{node} で：ipvsadm -e {flag} {service} -r {address} {option}',
  'fault.refuses.cause': '{node} は {count}を RST で拒んだ。ポート {port} では何も待ち受けていないようだ。',
  'fault.refuses.remedy': '{node} で：`ss -ltn` を調べ、Web サーバーを起動する。',
  'fault.unreachable.cause': '{node} は {count}を ICMP「{words}」で拒んだ。{guess}。',
  'fault.unreachable.remedy': '{node} で：`ip -d link show tunl0` と `ss -ltn` を調べる。',
  'fault.silent-dr.cause':
    '{node} は {count}を渡されたが何も言わなかった。おそらく VIP {vip} を持っていない。',
  'fault.silent-dr.remedy': '{node} の lo に VIP があるか調べる：ip address show dev lo',
  'fault.silent-nat.cause':
    '{node} は {count}を渡されたが何も言わなかった。おそらくクライアントへ戻る経路がない。',
  'fault.silent-nat.remedy': '{node} のデフォルト経路がディレクターか調べる：ip route show default',
  'fault.silent-tun.cause':
    '{node} は {count}を渡されたが何も言わなかった。おそらく rp_filter がトンネルから出るものを捨てているか、VIP {vip} が tunl0 にない。',
  'fault.silent-tun.remedy':
    '{node} で：`sysctl net.ipv4.conf.all.rp_filter net.ipv4.conf.tunl0.rp_filter` と `nstat -az TcpExtIPReversePathFilter` を調べる。',
  'fault.gateway-unanswered.cause':
    '{node} は応答の次ホップである {address} を誰が持つか ARP で {count}尋ねたが、誰も答えなかった。',
  'fault.gateway-unanswered.remedy':
    '{node} で：ip route show default。NAT ではゲートウェイがディレクターでなければならない。',
  'fault.held-back.cause':
    '{server} の応答が{node} に来たが、一つも先へ送られなかった。ip_forward が 0 か、フィルターが取っているかもしれない。',
  'fault.held-back.remedy': '{node} で：sysctl net.ipv4.ip_forward。1 でなければならない。',
  'fault.past-director.cause':
    '{node} は自分のアドレスで、ディレクターを通さずに応答を送った。クライアントへの経路がディレクターを通らないか、クライアントが同じセグメントにある。',
  'fault.past-director.remedy': '{node} で：ip route get {client}',
  'fault.into-director.cause':
    '{node} は応答をディレクターへ送った。クライアントへの経路がそこへ向いている。',
  'fault.into-director.remedy': '{node} で：ip route get {client}',
  'fault.not-handed-on.cause':
    '{node} は {count}を受けたが、どのリアルサーバーにも渡さなかった。仮想サービスがないか、重みが 0 より大きいリアルサーバーがないか、ARP に答えるものがない。',
  'fault.not-handed-on.remedy': '{node} で：ipvsadm -Ln と ip neighbour show',
  'fault.server-away.cause':
    'ディレクターが誰が {address} を持つか ARP で尋ねても {node} は答えない。停止しているか、ケーブルが抜けている。',
  'fault.server-away.remedy': '{node} が動いているか、NIC が有効でそのセグメントにあるかを調べる。',
  'fault.in-router.cause':
    '{count}のパケットが {node} に入ったまま出てこなかった。転送しないか、経路がないか、rp_filter が送信元を偽りとみなしている。',
  'fault.in-router.remedy':
    '{node} で：sysctl net.ipv4.ip_forward net.ipv4.conf.all.rp_filter; ip route show',
  'fault.impaired.cause':
    'ラボはフレームを捨てるよう指示されていた。{node} からの {count}はどこへも行かなかった。',
  'fault.impaired.remedy': '{node} のケーブルの障害設定を外す。',
  'fault.wrong-work.cause': '{node} は別のモードのようにパケットを扱った：{found}。',
  'fault.wrong-work.remedy': '{node} で：ipvsadm -Ln の Forward の列を見る。',
  'fault.mtu-unheeded.cause':
    '{node} はパケットが長すぎると告げられた（はずだ）が、同じ長さで再び送っている。「フラグメントが必要」（fragmentation needed）が届いていない。',
  'fault.mtu-unheeded.remedy':
    'ICMP を {node} に届かせるか、セグメントを短くする：ip route change に advmss 1440、またはディレクターで sysctl -w net.ipv4.vs.pmtu_disc=0',
  'fault.vip-unheard.cause':
    '{node} は VIP {vip} を持っているが、誰が持つかの {count} 回の問い合わせに応答が届かなかった。問い合わせか応答が途中で失われているか、{node} の何かが応答を妨げている。',
  'fault.vip-unheard.remedy':
    'クライアントと {node} のケーブルの障害を取り除く。なければ {node} で：arptables -S; nft list ruleset; sysctl net.ipv4.conf.all.arp_ignore',
  'fault.arp-unheard.cause':
    '{node} は VIP {vip} を誰が持つか{count}尋ねた。どの問い合わせにも回線上で応答があったのに、再び尋ねてリクエストを送らなかった。応答が届いていない。',
  'fault.arp-unheard.remedy':
    '{node} のケーブルの障害を取り除く。なければ {node} で：arptables -S; nft list ruleset',
};
