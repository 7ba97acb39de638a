import type { ComparedMode } from '../../contract/comparison.ts';
import { textbook as lines, type TextbookSubject } from '../../contract/textbook.ts';

/** What textbooks say of the modes on one matter, and what of it a comparison measured. */
export interface TextbookRow {
  readonly about: string;
  readonly says: Readonly<Record<string, string>>;
  /** Null where nothing was measured of it. */
  readonly measured: ((entry: ComparedMode) => string) | null;
}

const measured: Readonly<Record<TextbookSubject, TextbookRow['measured']>> = {
  changes: ({ claims }) =>
    claims
      .filter(({ id }) => /rewrites|adds/.test(id))
      .map(({ verdict }) => verdict)
      .join(', ') || 'not looked at',
  replies: ({ answeredBy, counters }) =>
    `the client got them from ${answeredBy.join(', ')}; OutPkts ${counters.outPkts}`,
  load: ({ director, addedBytes }) =>
    `${director.outBytes.toFixed(0)} bytes out a request, ${addedBytes} added a packet`,
  vip: ({ vipOn }) => `on ${vipOn.join(', ')}`,
  place: ({ perRequest }) =>
    `the lab used ${Object.keys(perRequest)
      .filter((name) => (perRequest[name]?.frames ?? 0) > 0)
      .join(', ')}`,
  port: null,
  'real-server': ({ claims }) => {
    const setUp = claims.find(({ id }) => id === 'real-server-set-up');
    return setUp ? `set up: ${setUp.verdict}` : 'not looked at';
  },
};

/** The textbook, in English, with what was measured. */
export const textbook: readonly TextbookRow[] = lines.map(({ subject, about, says }) => ({
  about: about.en,
  says: Object.fromEntries(Object.entries(says).map(([mode, text]) => [mode, text.en])),
  measured: measured[subject],
}));
