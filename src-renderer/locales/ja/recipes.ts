export const messages = {
  recipes: {
    lead: '{n} 個の手順でマシンをこのモードにしました。各手順はまず状態を調べ、実行後に確かめます。',
    classic: '古い手順書のコマンド（ifconfig、route）を表示する',
    isClassic: '古い手順書の書き方です。ラボは新しい書き方で実行しました。',
    verify: '確認方法',
    undo: '取り消し方法',
    keep: '再起動後も残すには',
    notKept:
      'ゲストのディストリビューション系統での方法です。ラボ自体は行いません。リセットですべて元に戻すためです。',
    ran: '実行内容と出力（{n} 個のコマンド）',
    state: { applied: '適用済み', skipped: '元からその状態', failed: '失敗', planned: '未実行' },
    changes: {
      title: '仮想サービスの変更',
      lead: 'その後のスケジューラー、重み、持続性、しきい値、タイムアウトの変更と、変更後のディレクターのルールです。',
    },
    drift: {
      look: 'マシンの現在の状態と比べる',
      none: '{n} 個の手順はすべてレシピどおりです。',
      mend: '次のコマンドで元に戻せます：',
    },
    export: {
      title: 'ファイルとして持ち出す',
      scripts: 'シェルスクリプト',
      units: 'ユニットファイル',
      keepalived: 'keepalived.conf',
      ipvsadm: 'ipvsadm のルール',
      save: '保存',
    },
  },
};
