export const messages = {
  mend: {
    button: '直す',
    label: '{node} を直す',
    nothing: '{node} では何も変更していません。レシピの {n} 手順を確かめ、すべて満たされていました。',
    started: '{node} は停止していましたが、起動しました。',
    cables: 'モードどおりの状態に戻しました：{cables}。',
    cablesGood: 'ケーブルはもともと正常でした。',
    runs: '{node} はすでに動作していました。',
    queuesGood: '{node} には、パケットを遅らせたり失わせたりするキューはありません。',
    dropsGood: '{node} の ip_vs は、意図的にパケットを捨てていません。',
    byHand: '手作業で直すには',
    forget: 'ARP を忘れさせる',
    forgetNote:
      'ディレクター以外のすべてのマシンに VIP の MAC アドレスを（手作業で設定したものも）忘れさせます。次のリクエストで改めて尋ねます。',
    had: '忘れた内容：',
    hadNone: '{vip} の MAC アドレスは知りませんでした',
    startNode: '{node} を起動',
    restartNode: '{node} を再起動',
    resume: 'ラボを再開',
  },
};
