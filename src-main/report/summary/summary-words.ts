import type { ReportLanguage } from '../../contract/report.ts';
import type { Outcome } from '../verify/verification.ts';

/** The words of a summary in one language. */
export interface SummaryWords {
  readonly title: string;
  readonly intro: (count: number) => string;
  readonly columns: Readonly<
    Record<
      | 'file'
      | 'student'
      | 'author'
      | 'lab'
      | 'written'
      | 'modes'
      | 'runs'
      | 'requests'
      | 'failed'
      | 'claims'
      | 'verified',
      string
    >
  >;
  readonly outcomes: Readonly<Record<Outcome, string>>;
  readonly findings: (count: number) => string;
  /** Under a report that lacked samples or frames. */
  readonly notRecomputed: string;
  readonly sameAs: (files: string) => string;
  readonly copyOf: (files: string) => string;
  /** Of claims: proved, refuted, not shown. */
  readonly claims: (proved: number, refuted: number, notShown: number) => string;
  readonly limits: string;
}

export const summaryWords: Readonly<Record<ReportLanguage, SummaryWords>> = {
  en: {
    title: 'Lab reports',
    intro: (count) => `${count} ${count === 1 ? 'report' : 'reports'}, each verified as this was written.`,
    columns: {
      ...{ file: 'File', student: 'Handed in by', author: 'Author', lab: 'Lab' },
      ...{ written: 'Written', modes: 'Modes', runs: 'Loads' },
      ...{ requests: 'Requests', failed: 'Failed', claims: 'Claims', verified: 'Verified' },
    },
    outcomes: { holds: 'holds', 'does-not-hold': 'does not hold', 'cannot-tell': 'cannot tell' },
    findings: (count) => `${count} ${count === 1 ? 'finding' : 'findings'}, the first:`,
    notRecomputed: 'Samples or frames are missing: not all of its figures and claims were computed again.',
    sameAs: (files) => `It shares its lab, samples or frames with ${files}.`,
    copyOf: (files) => `It is the very same report as ${files}.`,
    claims: (proved, refuted, notShown) => `${proved} proved, ${refuted} refuted, ${notShown} not shown`,
    limits:
      'To verify shows that a report agrees with its own samples and frames. It does not show who wrote it.',
  },
  'zh-CN': {
    title: '实验报告',
    intro: (count) => `共 ${count} 份报告，生成本表时逐一核验。`,
    columns: {
      ...{
        file: '文件',
        student: '提交人',
        author: '作者',
        lab: '实验',
        written: '撰写时间',
        modes: '模式',
        runs: '压测',
      },
      ...{ requests: '请求', failed: '失败', claims: '论断', verified: '核验' },
    },
    outcomes: { holds: '一致', 'does-not-hold': '不一致', 'cannot-tell': '无法判定' },
    findings: (count) => `${count} 处不符，第一处：`,
    notRecomputed: '缺少样本或帧，部分数据和论断未重新计算。',
    sameAs: (files) => `与 ${files} 的实验、样本或帧相同。`,
    copyOf: (files) => `与 ${files} 是同一份报告。`,
    claims: (proved, refuted, notShown) => `证实 ${proved}，否定 ${refuted}，未证明 ${notShown}`,
    limits: '核验只说明报告与其自身的样本和帧一致，不能说明由谁撰写。',
  },
  ja: {
    title: '実験レポート',
    intro: (count) => `${count} 件のレポート。この表の作成時にそれぞれ検証しました。`,
    columns: {
      ...{
        file: 'ファイル',
        student: '提出者',
        author: '作成者',
        lab: 'ラボ',
        written: '作成日時',
        modes: 'モード',
        runs: '負荷',
      },
      ...{ requests: 'リクエスト', failed: '失敗', claims: '主張', verified: '検証' },
    },
    outcomes: { holds: '一致', 'does-not-hold': '不一致', 'cannot-tell': '判定不能' },
    findings: (count) => `不一致 ${count} 件。最初のもの：`,
    notRecomputed: 'サンプルまたはフレームが欠けているため、再計算していない数値や主張があります。',
    sameAs: (files) => `${files} とラボ、サンプルまたはフレームが同じです。`,
    copyOf: (files) => `${files} と同一のレポートです。`,
    claims: (proved, refuted, notShown) => `証明 ${proved}、反証 ${refuted}、未確認 ${notShown}`,
    limits:
      '検証が示すのは、レポートが自身のサンプルとフレームに一致することだけです。誰が書いたかは示しません。',
  },
};
