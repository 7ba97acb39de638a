/** The sentences about causes and bare state that came after those of faults.ts, in Japanese, by their id. */
export const causes: Readonly<Record<string, string>> = {
  'fault.vip-missing.state': '{node} は VIP {vip} をアドレスとして持たない。',
  'fault.vip-missing-on-director.state': '{node} のネットワークインターフェースに VIP {vip} がない。',
  'fault.arp-ignore-off.state': '{node} の {device} の arp_ignore は {found} で、VIP の ARP に答えうる。',
  'fault.arp-announce-off.state':
    '{node} の {device} の arp_announce は {found} で、VIP の名で ARP を尋ねうる。',
  'fault.gateway-wrong.state': '{node} はディレクターではなく{found}クライアント {client} に届く。',
  'fault.client-on-link.state': 'クライアント {client} は {node} と同じセグメントにある。',
  'fault.gateway-is-director.state': '{node} からクライアント {client} への道はディレクターを通る。',
  'fault.no-route.state': '{node} にはクライアント {client} への経路がない。',
  'fault.ip-forward-off.state': '{node} の ip_forward は 0。',
  'fault.rp-filter-on.state': '{node} の {device} の rp_filter は {found}。',
  'fault.tunnel-missing.state': '{node} には tunl0 がない。',
  'fault.tunnel-down.state': '{node} の tunl0 は停止している。',
  'fault.not-listening.state': '{node} のポート {port} で {address} を待ち受けるものがない。',
  'fault.service-missing.state': '{node} には仮想サービス {service} がない。',
  'fault.server-missing.state': '{node} の仮想サービスにはリアルサーバー {server} がない。',
  'fault.wrong-method.state': '{node} の {server} は{wanted}ではなく{found}。',
  'fault.vip-covers-client.cause':
    '{node} の VIP は {device} の {address} なので、そのネットの全アドレスを自分のものとみなす。クライアント {client} も含まれ、応答は外へ出ない。',
  'fault.vip-covers-client.remedy':
    '{node} で：ip address del {address} dev {device}; ip address add {vip}/32 dev {device}',
  'fault.vip-covers-client.state':
    '{node} の VIP は {device} の {address} で、クライアント {client} が自分のアドレスになる。',
  'fault.vip-on-asked-nic.cause':
    '{node} の VIP は、まさに ARP で尋ねられる {device} にある。arp_ignore が {found} でもそこでは答える。',
  'fault.vip-on-asked-nic.remedy':
    '{node} で：ip address del {vip} dev {device}; ip address add {vip}/32 dev lo',
  'fault.vip-on-asked-nic.state':
    '{node} の VIP は ARP で尋ねられる {device} にあり、arp_ignore は {found}。',
  'fault.node-off.cause': '{node} は停止しているので、ディレクターが渡すものに誰も答えない。',
  'fault.node-off.remedy': '起動する（lvslab start）か、ディレクターで重みを 0 にする：ipvsadm -e',
  'fault.node-off.state': '{node} は停止している。',
  'fault.node-unanswered.cause':
    '状態を尋ねても {node} は答えなかった。一時停止、ハング、停止のいずれかかもしれない。',
  'fault.node-unanswered.remedy': '{node} が動いているか調べる：lvslab ls とそのコンソール。',
  'fault.node-unanswered.state': '状態を尋ねても {node} は答えなかった。',
  'fault.director-refuses.cause':
    '{node} は ICMP「{words}」で{count}を拒んだ。仮想サービスに渡せるリアルサーバーがなかった。',
  'fault.director-refuses.remedy': '{node} で：ipvsadm -Ln; ipvsadm -Ln --thresholds',
  'fault.director-resets.cause':
    '{node} が自ら RST で{count}を終わらせた。ip_vs が受け取らず、何も待ち受けていない自身の TCP が答えた。',
  'fault.director-resets.remedy': '{node} で：ipvsadm -Ln; ipvsadm -Lnc',
  'fault.broken.cause': '{node} は{count}を受けてから RST で終わらせた。待ち受けるプログラムが打ち切った。',
  'fault.broken.remedy': '{node} で：Web サーバーのログを調べる。',
  'fault.stalled.cause': '{node} は{count}を受けたが、応答を送らなかった。',
  'fault.stalled.remedy': '{node} で：`ss -tn`、負荷（uptime）、Web サーバーのログを調べる。',
  'fault.client-deaf.cause':
    '{count}の SYN-ACK は {node} に戻ったが、先へ進まなかった。そこにある何かが捨てている。',
  'fault.client-deaf.remedy': '{node} で：nft list ruleset; nstat -az',
  'fault.http-status.cause':
    '{node} の Web サーバーは{count}に HTTP ステータス {status} で応答した。リクエストは届き応答も戻ったので、LVS は役目を果たした。',
  'fault.http-status.remedy': '{node} で：Web サーバーの設定とログを調べる。',
  'fault.answer-broken.cause': '{count}の応答は完全ではなかった。curl によれば {words}。',
  'fault.answer-broken.remedy': 'クライアントでリクエストを調べる：curl -v',
  'fault.never-seen.cause':
    '{node} が送った{count}は記録にフレームがない。VIP への道がないか、自身のフィルターが取った。',
  'fault.never-seen.remedy': '{node} で：ip route get {vip}; ip neighbour show; nft list ruleset',
  'fault.unknown.cause': '{count}が {node} で失敗した理由はわからない。見えたもの：{seen}。',
  'fault.unknown.remedy': '次に調べるもの：{next}',
  'fault.filtered.cause': '{node} のパケットフィルターの規則が妨げている。{chain}：{rule}',
  'fault.filtered.remedy': '{node} で：`iptables-save -c` と `nft -a list ruleset` を調べ、その規則を外す。',
  'fault.reset-by-rule.cause':
    '{node} のパケットフィルターの規則がこのサービスの接続を RST で切っている。{chain}：{rule}',
  'fault.reset-by-rule.remedy':
    '{node} で：`iptables-save -c` と `nft -a list ruleset` を調べ、その規則を外す。',
  'fault.reset-by-rule.state': '{node} にはこのサービスの接続を RST で切りうる規則がある。{chain}：{rule}。',
  'fault.rejected.cause':
    '{node} のパケットフィルターの規則がこのサービスのパケットを ICMP で拒否している。{chain}：{rule}',
  'fault.rejected.remedy': '{node} で：`iptables-save -c` と `nft -a list ruleset` を調べ、その規則を外す。',
  'fault.rejected.state':
    '{node} にはこのサービスのパケットを ICMP で拒否しうる規則がある。{chain}：{rule}。',
  'fault.filtered.state': '{node} にはこのサービスのパケットを取りうる規則がある。{chain}：{rule}。',
  'fault.queue-impairs.cause': '{node} のキューがパケットを遅らせるか失っている：{queue}',
  'fault.queue-impairs.remedy': '{node} で：tc qdisc show; tc qdisc del dev {device} root',
  'fault.queue-impairs.state': '{node} のキューはパケットを遅らせるか失うように設定されている：{queue}。',
  'fault.conntrack-full.cause':
    '{node} は上限 {max}（nf_conntrack_max）のうち {count} 本の接続を追跡していて、新しい接続を始めるものを捨てる。',
  'fault.conntrack-full.remedy':
    '{node} で：sysctl -w net.netfilter.nf_conntrack_max=65536。dmesg に "table full, dropping packet" と出る。',
  'fault.conntrack-full.state':
    '{node} は上限 {max}（nf_conntrack_max）のうち {count} 本の接続を追跡している。',
  'fault.backlog-full.cause':
    '{node} の Web サーバーは新しい接続を十分速く受けなかった。キューが {count}あふれた（TcpExtListenOverflows）。',
  'fault.backlog-full.remedy':
    '{node} で：ss -ltn; sysctl net.core.somaxconn。Web サーバーがなぜ受けないか調べる。',
  'fault.backlog-full.state': '{node} の Web サーバーのキューが {count}あふれた。',
  'fault.drop-packet.cause':
    '{node} の ip_vs はわざと新しいリクエストを捨てる：net.ipv4.vs.drop_packet は {found}。',
  'fault.drop-packet.remedy': '{node} で：sysctl -w net.ipv4.vs.drop_packet=0',
  'fault.drop-packet.state':
    '{node} の ip_vs は新しいリクエスト {rate} 件ごとに 1 件をわざと捨てる（net.ipv4.vs.drop_packet は {found}）。クライアントは送り直すことになる。',
  'fault.drop-entry.cause': '{node} の ip_vs はわざと接続を忘れる：net.ipv4.vs.drop_entry は {found}。',
  'fault.drop-entry.remedy': '{node} で：sysctl -w net.ipv4.vs.drop_entry=0',
  'fault.drop-entry.state': '{node} の ip_vs はわざと接続を忘れる設定：net.ipv4.vs.drop_entry は {found}。',
  'fault.no-servers.cause':
    '{node} の仮想サービス {service} にはリアルサーバーが一台もなく、すべてのリクエストを拒む。',
  'fault.no-servers.remedy': '{node} で：ipvsadm -a {flag} {service} -r RIP {option}',
  'fault.no-servers.state': '{node} の仮想サービス {service} にはリアルサーバーがない。',
  'fault.all-weights-zero.cause':
    '{service} のリアルサーバーはすべて重みが 0 なので、{node} は新しいリクエストをすべて拒む。',
  'fault.all-weights-zero.remedy': '{node} で：ipvsadm -e {flag} {service} -r {address} {option} -w 1',
  'fault.all-weights-zero.state': '{node} の {service} のリアルサーバーはすべて重みが 0。',
  'fault.all-at-threshold.cause':
    '{service} の重みを持つリアルサーバーはすべて上限（ipvsadm -x）に達している：{servers}。非アクティブな接続も数えるので、それが時間切れになるまで {node} は新しいリクエストを拒む。',
  'fault.all-at-threshold.remedy': '{node} で：ipvsadm -e {flag} {service} -r {address} {option} -x 0',
  'fault.all-at-threshold.state': '{node} の {service} のリアルサーバーはすべて上限に達している：{servers}。',
  'fault.hashed-to-unavailable.cause':
    'スケジューラー {scheduler} は {all} のクライアントのうち {clients} を、新しいものを受けないリアルサーバー（{servers}）に割り当て、ほかには尋ねない。そうである限り {node} はそれらのクライアントを拒む。',
  'fault.hashed-to-unavailable.remedy':
    '{node} で：ipvsadm -E {flag} {service} {mend}、または -s wlc など別のスケジューラー、または {servers} に重みを与える。',
  'fault.hashed-to-unavailable.state':
    '{node} のスケジューラー {scheduler} は、新しいものを受けないリアルサーバーにクライアントを割り当てうる：{servers}。',
  'fault.ports-hashed-to-unavailable.cause':
    'スケジューラー {scheduler} はクライアントのアドレスとポート（{byPort}）で接続を割り当て、一部は新しいものを受けないリアルサーバー（{servers}）に当たり、ほかには尋ねない。{node} は {all}のうち {refused} 本を拒んだ。',
  'fault.ports-hashed-to-unavailable.remedy':
    '{node} で：ipvsadm -E {flag} {service} {mend}、または -s wlc など別のスケジューラー、または {servers} に重みを与える。',
  'fault.ports-hashed-to-unavailable.state':
    '{node} のスケジューラー {scheduler} は、新しいものを受けないリアルサーバーに接続を割り当てうる：{servers}。',
  'fault.tunnel-not-taken.cause':
    'ディレクターは {node} へのリクエストを {tunnel} で送るが、{node} にはそれを取り出すものがない：{words}。',
  'fault.tunnel-not-taken.remedy':
    'ディレクターで：ipvsadm -e、{node} に -i --tun-type ipip。または {node} で：GUE なら ip fou add port {port} gue、GRE なら ip tunnel add で mode gre。',
  'fault.tunnel-not-taken.state': 'ディレクターは {node} へのリクエストを {tunnel} で送る。',
};
