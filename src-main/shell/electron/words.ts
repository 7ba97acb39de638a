/** What the shell itself says: in its menu, and where the page cannot speak. The page's words are in src-renderer. */
export interface ShellWords {
  readonly file: string;
  readonly savePdf: string;
  readonly quit: string;
  readonly edit: string;
  readonly undo: string;
  readonly redo: string;
  readonly cut: string;
  readonly copy: string;
  readonly paste: string;
  readonly selectAll: string;
  readonly view: string;
  readonly reload: string;
  readonly zoomIn: string;
  readonly zoomOut: string;
  readonly resetZoom: string;
  readonly fullScreen: string;
  readonly devTools: string;
  /** The labs: the menu of pages, and the first of them. */
  readonly labs: string;
  readonly compare: string;
  readonly host: string;
  readonly help: string;
  readonly readme: string;
  readonly askLeave: string;
  readonly keep: string;
  readonly suspend: string;
  readonly down: string;
  readonly cancel: string;
  readonly remember: string;
  readonly leaveFailed: string;
  readonly crashed: string;
  readonly crashedDetail: string;
}

const en: ShellWords = {
  file: 'File',
  savePdf: 'Save as PDF…',
  quit: 'Quit',
  edit: 'Edit',
  undo: 'Undo',
  redo: 'Redo',
  cut: 'Cut',
  copy: 'Copy',
  paste: 'Paste',
  selectAll: 'Select all',
  view: 'View',
  reload: 'Reload',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  resetZoom: 'Actual size',
  fullScreen: 'Full screen',
  devTools: 'Developer tools',
  labs: 'Labs',
  compare: 'Compare',
  host: 'This computer',
  help: 'Help',
  readme: 'Open the README',
  askLeave: 'What is to become of the running labs?',
  keep: 'Keep running',
  suspend: 'Suspend',
  down: 'Take down',
  cancel: 'Cancel',
  remember: 'Do this from now on without asking',
  leaveFailed: 'Not every lab could be left in order',
  crashed: 'The page of LVS Lab has crashed again.',
  crashedDetail: 'The labs go on: they do not depend on the page.',
};

const zhCN: ShellWords = {
  file: '文件',
  savePdf: '另存为 PDF…',
  quit: '退出',
  edit: '编辑',
  undo: '撤销',
  redo: '重做',
  cut: '剪切',
  copy: '复制',
  paste: '粘贴',
  selectAll: '全选',
  view: '视图',
  reload: '重新加载',
  zoomIn: '放大',
  zoomOut: '缩小',
  resetZoom: '实际大小',
  fullScreen: '全屏',
  devTools: '开发者工具',
  labs: '实验',
  compare: '比较',
  host: '这台电脑',
  help: '帮助',
  readme: '打开 README',
  askLeave: '正在运行的实验如何处理？',
  keep: '继续运行',
  suspend: '挂起',
  down: '拆除',
  cancel: '取消',
  remember: '以后照此处理，不再询问',
  leaveFailed: '有实验未能按要求处理',
  crashed: 'LVS Lab 的页面再次崩溃。',
  crashedDetail: '实验仍在运行：它们不依赖页面。',
};

const ja: ShellWords = {
  file: 'ファイル',
  savePdf: 'PDF として保存…',
  quit: '終了',
  edit: '編集',
  undo: '元に戻す',
  redo: 'やり直す',
  cut: '切り取り',
  copy: 'コピー',
  paste: '貼り付け',
  selectAll: 'すべて選択',
  view: '表示',
  reload: '再読み込み',
  zoomIn: '拡大',
  zoomOut: '縮小',
  resetZoom: '実際のサイズ',
  fullScreen: '全画面',
  devTools: '開発者ツール',
  labs: 'ラボ',
  compare: '比較',
  host: 'このコンピューター',
  help: 'ヘルプ',
  readme: 'README を開く',
  askLeave: '実行中のラボをどうしますか？',
  keep: '実行を続ける',
  suspend: '一時停止',
  down: '撤去',
  cancel: 'キャンセル',
  remember: '今後は確認せずにこうする',
  leaveFailed: '一部のラボを正しく処理できませんでした',
  crashed: 'LVS Lab のページが再びクラッシュしました。',
  crashedDetail: 'ラボは動き続けています。ページには依存しません。',
};

const byLanguage: ReadonlyMap<unknown, ShellWords> = new Map([
  ['en', en],
  ['zh-CN', zhCN],
  ['ja', ja],
]);

/** The words in one of the page's languages; English for any other. */
export function wordsOf(language: unknown): ShellWords {
  return byLanguage.get(language) ?? en;
}
