import { toErrorInfo } from '../../contract/lab-error.ts';
import type { Ledger } from './ledger.ts';

/** Does a piece of work on a file that anyone may have written: whatever goes wrong with it is found in that file. */
export async function attempt<Result>(
  ledger: Ledger,
  file: string,
  work: () => Result | Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') throw error;
    const { code, message, why } = toErrorInfo(error);
    const found = [...(code === 'internal' ? [] : [message]), ...(why === undefined ? [] : [why])].join(' ');
    ledger.find({ file, what: 'its content', expected: 'one that can be read', found });
    return undefined;
  }
}
