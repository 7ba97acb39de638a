export const messages = {
  doctor: {
    title: 'このコンピューターの準備はできていますか？',
    checking: 'このコンピューターを調べています…',
    mending: '修復しています…',
    ready: '準備完了：ラボを開始できます。',
    notReady: '準備ができていません：{n} 件の問題があります。',
    seeHost: '問題と対処方法を見る',
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
  /** Words for what the doctor looks at, by its stable name. */
  checks: {
    machines: {
      title: 'マシン',
      why: '一時停止したマシンは何にも応答せず、libvirt が把握していないマシンはポートとディスクを使ったまま動き続けます。',
    },
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
    xorriso: { title: 'クラウドイメージ', why: 'クラウドイメージの準備に使う CD は xorriso が作成します。' },
  },
};
