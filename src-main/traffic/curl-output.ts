import { pageStart, pageWords, type PageStart } from './page-words.ts';
import type { CurlRecord } from './sample.ts';

/** More than curl's own error words (256 bytes) and the other fields can make. */
const longestRecord = 4096;

/** Reads the output of a run as it comes, in pieces of any size. */
export interface CurlOutputReader {
  /** The records that this piece completed. */
  push(piece: Buffer): CurlRecord[];
  /** How long the loop took by the client's clock, in milliseconds; undefined until it has ended. */
  spanMs(): number | undefined;
}

/**
 * A reader of what the command of `curlCommand` prints: bodies, which may hold anything, and between them records and
 * tags that begin with the run's marker. Of a body it keeps the beginning alone, so a huge page costs nothing.
 * `firstIsUntagged`: what comes before any tag is the body of process 1.
 */
export function createCurlOutputReader(marker: string, firstIsUntagged: boolean): CurlOutputReader {
  const pages = new Map<string, PageStart>();
  const first = pageStart();
  if (firstIsUntagged) pages.set('1', first);
  let open = first;
  let pending = '';
  let spanMs: number | undefined;

  /** What stands at a marker: a record or a tag and where it ends, 'more' to wait for, or undefined for neither. */
  const readMarked = (text: string): { length: number; record?: CurlRecord } | 'more' | undefined => {
    const tag = /^:(\d{1,3}):/.exec(text);
    if (tag?.[1] !== undefined) {
      open = pageStart();
      pages.set(tag[1], open);
      return { length: tag[0].length };
    }
    const span = /^=(\d+)\n/.exec(text);
    if (span) {
      spanMs = Number(span[1]) / 1e6;
      return { length: span[0].length };
    }
    const end = text.startsWith('|') ? text.indexOf('\n') : -1;
    if (end === -1) return mayBecomeMarked(text) ? 'more' : undefined;
    const fields = text.slice(1, end).split('|');
    const process = fields[0] ?? '';
    const record = toRecord(fields, pages.get(process));
    pages.delete(process);
    // A body without a tag that is still awaited may follow a record of another process.
    open = pages.get('1') === first ? first : pageStart();
    return { length: end + 1, record };
  };

  const push = (piece: Buffer): CurlRecord[] => {
    // Bytes as characters one to one: a character cut in two cannot matter.
    pending += piece.toString('latin1');
    const records: CurlRecord[] = [];
    for (;;) {
      const at = pending.indexOf(marker);
      if (at === -1) break;
      open.add(pending.slice(0, at));
      pending = pending.slice(at);
      const marked = readMarked(pending.slice(marker.length));
      if (marked === 'more') return records;
      pending = pending.slice(marker.length + (marked?.length ?? 0));
      if (marked?.record) records.push(marked.record);
    }
    // The marker may have begun in the last characters.
    const settled = Math.max(0, pending.length - marker.length + 1);
    open.add(pending.slice(0, settled));
    pending = pending.slice(settled);
    return records;
  };
  return { push, spanMs: () => spanMs };
}

function mayBecomeMarked(text: string): boolean {
  return text.startsWith('|') ? text.length < longestRecord : /^(:\d{0,3}|=\d{0,20})?$/.test(text);
}

function toRecord(fields: readonly string[], page: PageStart | undefined): CurlRecord {
  const [
    process,
    exitCode,
    httpStatus,
    localPort,
    connectSeconds,
    totalSeconds,
    localIp = '',
    url = '',
    ...errorWords
  ] = fields;
  return {
    process: Number(process),
    exitCode: Number(exitCode),
    httpStatus: Number(httpStatus),
    localPort: Number(localPort),
    connectSeconds: Number(connectSeconds),
    totalSeconds: Number(totalSeconds),
    localIp,
    url,
    errorWords: errorWords.join('|').trim(),
    page: page ? pageWords(page) : null,
  };
}
