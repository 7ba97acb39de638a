export const messages = {
  nav: { label: 'ページ', labs: 'ラボ', compare: '比較', host: 'このコンピューター' },
  errors: { dismiss: '閉じる' },
  header: { language: '言語', dark: 'ダークテーマ' },
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
  copy: { copy: 'コピー', copied: 'コピーしました', label: 'コマンドをコピー' },
};
