import type { CheckWords, Messages } from './en.ts';

export const ja: Messages = {
  header: { language: '言語', dark: 'ダークテーマ' },
  welcome: {
    title: 'Linux Virtual Server の負荷分散を目の前で',
    lead: 'LVS Lab は、このコンピューター上でディレクター、2 台のリアルサーバー、クライアントを仮想マシンとして起動し、負荷分散を一歩ずつ設定して、本物のリクエストを流します。回線上のフレームはすべて見ることができます。',
    modes: '転送方式',
    available: '利用可能',
    later: '準備中',
    start: 'ターミナルで最初のラボを始める',
    startNote: '4 台のマシンが起動し、100 件のリクエストを分散し、終わると何も残しません。',
  },
  topology: {
    title: 'ダイレクトルーティング',
    description:
      'クライアント、ディレクター、2 台のリアルサーバーが 1 つのイーサネットセグメントにあります。リクエストはクライアントからディレクターを経てリアルサーバーへ届き、応答はリアルサーバーから直接クライアントへ返ります。',
    client: 'クライアント',
    clientNote: 'VIP に問い合わせる',
    director: 'ディレクター',
    directorNote: 'VIP を NIC に持つ',
    server: 'リアルサーバー {n}',
    serverNote: 'VIP は lo、ARP 応答なし',
    segment: '1 つのイーサネットセグメント',
    steps: {
      request: 'クライアントが VIP にリクエストを送り、ディレクターが受け取ります。',
      forward: 'ディレクターはリアルサーバーを選び、宛先 MAC アドレスだけを書き換えます。',
      reply: 'リアルサーバーがクライアントに直接応答します。応答はディレクターを通りません。',
    },
  },
  doctor: {
    title: 'このコンピューターの準備はできていますか？',
    checking: 'このコンピューターを調べています…',
    mending: '修復しています…',
    ready: '準備完了：ラボを開始できます。',
    notReady: '準備ができていません：{n} 件の問題があります。',
    again: 'もう一度調べる',
    mend: '{n} 件を修復する',
    cancel: '中止',
    found: '調べた結果',
    why: '重要な理由',
    remedy: '対処方法',
    progress: '修復の進み具合',
    failed: '診断を終えられませんでした',
    status: { ok: '正常', warning: '警告', failed: '失敗', skipped: 'スキップ' },
  },
  copy: { copy: 'コピー', copied: 'コピーしました', label: 'コマンドをコピー' },
  footer: {
    version: 'LVS Lab {version}',
    data: 'データの場所：{folder}',
    host: '{system}、プロセッサー {n} 個、メモリー {memory}',
  },
  connection: {
    refusedTitle: 'このアドレスにはトークンが必要です',
    refused:
      'LVS Lab は、起動時に表示したアドレスを開いたブラウザーだけを受け入れます。そのアドレスを開いてください。別のブラウザーで使った場合は、次のコマンドで LVS Lab を起動し直してください。',
    lostTitle: 'LVS Lab は終了しました',
    lost: 'ページの接続が切れました。次のコマンドで LVS Lab を起動し直してください。',
  },
};

export const jaChecks: CheckWords = {
  node: { title: 'Node', why: 'LVS Lab は TypeScript のソースを直接実行します。' },
  qemu: { title: 'QEMU', why: '仮想マシンを動かし、qemu-img がそのディスクを作ります。' },
  acceleration: {
    title: 'アクセラレーション',
    why: 'KVM では仮想マシンがプロセッサーの速度で動き、エミュレーション（TCG）ではずっと遅くなります。',
  },
  libvirt: { title: 'libvirt', why: '仮想マシンを起動・終了し、それが誰のものかを管理します。' },
  memory: { title: 'メモリー', why: '各ノードは自分のメモリーを持つ仮想マシンです。' },
  disk: { title: 'ディスク', why: 'ゲストイメージと各ノードの変更分はデータフォルダーに置かれます。' },
  ports: { title: '空きポート', why: '各ノードの SSH と NIC の配線には 127.0.0.1 のポートを使います。' },
  image: { title: 'ゲストイメージ', why: 'すべてのノードはこれから起動します。' },
};
