import type { LocalizedText } from './localized-text.ts';

/** What a line is about; what was measured of it is found by this name. */
export type TextbookSubject = 'changes' | 'replies' | 'load' | 'vip' | 'place' | 'port' | 'real-server';

/** What textbooks say of the modes on one matter. */
export interface TextbookLine {
  readonly subject: TextbookSubject;
  readonly about: LocalizedText;
  /** By mode: `nat`, `dr`, `tun`. */
  readonly says: Readonly<Record<string, LocalizedText>>;
}

const ignoredPort: LocalizedText = {
  en: 'no: ipvsadm takes one and ignores it',
  'zh-CN': '不能：ipvsadm 接受但会忽略',
  ja: '不可：ipvsadm は受け取るが無視する',
};

const straight: LocalizedText = {
  en: 'straight to the client',
  'zh-CN': '直接回到客户端',
  ja: 'クライアントへ直接',
};

/**
 * Source: "LVS-HOWTO" and "Virtual Server via NAT / IP Tunneling / Direct Routing" on linuxvirtualserver.org, and
 * ipvsadm(8).
 */
export const textbook: readonly TextbookLine[] = [
  {
    subject: 'changes',
    about: {
      en: 'What the director changes in a request',
      'zh-CN': '调度器对请求的改动',
      ja: 'ディレクターがリクエストで書き換えるもの',
    },
    says: {
      nat: { en: 'destination address and port', 'zh-CN': '目的地址和端口', ja: '宛先アドレスとポート' },
      dr: {
        en: 'the destination MAC address alone',
        'zh-CN': '只有目的 MAC 地址',
        ja: '宛先 MAC アドレスだけ',
      },
      tun: {
        en: 'nothing: it is put into another IP packet',
        'zh-CN': '什么都不改：它被装进另一个 IP 包',
        ja: '何も変えない：別の IP パケットに入れる',
      },
    },
  },
  {
    subject: 'replies',
    about: { en: 'The way of replies', 'zh-CN': '应答的路径', ja: '応答の経路' },
    says: {
      nat: { en: 'through the director', 'zh-CN': '经过调度器', ja: 'ディレクターを経由' },
      dr: straight,
      tun: straight,
    },
  },
  {
    subject: 'load',
    about: { en: "The director's load", 'zh-CN': '调度器的负担', ja: 'ディレクターの負担' },
    says: {
      nat: { en: 'requests and replies', 'zh-CN': '请求和应答', ja: 'リクエストと応答' },
      dr: { en: 'requests', 'zh-CN': '请求', ja: 'リクエスト' },
      tun: {
        en: 'requests, 20 bytes longer',
        'zh-CN': '请求，每个长 20 字节',
        ja: 'リクエスト（20 バイト長くなる）',
      },
    },
  },
  {
    subject: 'vip',
    about: { en: 'The VIP on real servers', 'zh-CN': '真实服务器上的 VIP', ja: 'リアルサーバー上の VIP' },
    says: {
      nat: { en: 'no', 'zh-CN': '没有', ja: 'なし' },
      dr: {
        en: 'yes, where ARP does not find it',
        'zh-CN': '有，但在 ARP 找不到的地方',
        ja: 'あり。ARP に見つからない場所に',
      },
      tun: { en: 'yes, on the tunnel', 'zh-CN': '有，在隧道接口上', ja: 'あり。トンネルに' },
    },
  },
  {
    subject: 'place',
    about: {
      en: 'Where real servers may be',
      'zh-CN': '真实服务器可以在哪里',
      ja: 'リアルサーバーを置ける場所',
    },
    says: {
      nat: {
        en: 'anywhere, with the director as the way back',
        'zh-CN': '任何地方，但回程必须经过调度器',
        ja: 'どこでも。ただし帰り道はディレクター',
      },
      dr: {
        en: 'in one LAN with the director',
        'zh-CN': '与调度器在同一局域网',
        ja: 'ディレクターと同じ LAN',
      },
      tun: { en: 'anywhere that IP reaches', 'zh-CN': 'IP 能到达的任何地方', ja: 'IP が届く所ならどこでも' },
    },
  },
  {
    subject: 'port',
    about: {
      en: 'Another port on real servers',
      'zh-CN': '真实服务器使用另一个端口',
      ja: 'リアルサーバーで別のポート',
    },
    says: { nat: { en: 'yes', 'zh-CN': '可以', ja: '可' }, dr: ignoredPort, tun: ignoredPort },
  },
  {
    subject: 'real-server',
    about: {
      en: 'What a real server must be able to do',
      'zh-CN': '对真实服务器的要求',
      ja: 'リアルサーバーに求められること',
    },
    says: {
      nat: { en: 'nothing special', 'zh-CN': '没有特别要求', ja: '特になし' },
      dr: { en: 'keep quiet in ARP', 'zh-CN': '在 ARP 中保持沉默', ja: 'ARP で黙っている' },
      tun: {
        en: 'take IPIP packets, and keep rp_filter off them',
        'zh-CN': '接收 IPIP 包，并对其关闭 rp_filter',
        ja: 'IPIP パケットを受け取り、rp_filter を外す',
      },
    },
  },
];
