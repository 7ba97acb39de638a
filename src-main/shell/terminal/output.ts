import { toErrorInfo } from '../../contract/lab-error.ts';
import type { OnProgress } from '../../contract/progress.ts';
import { describeError } from './describe-error.ts';
import { createProgressLines } from './progress-lines.ts';

/** Where a command says things: people read standard error and tables, programs read JSON lines. */
export interface Output {
  readonly json: boolean;
  readonly onProgress: OnProgress;
  /** A result for people; silent with --json. */
  readonly print: (text: string) => void;
  /** A result for programs; silent without --json. */
  readonly emit: (object: unknown) => void;
  /** A remark for people, on standard error. */
  readonly note: (text: string) => void;
  readonly fail: (error: unknown) => void;
  /** Settles the live lines, so that what is printed next stands below them. */
  readonly settle: () => void;
}

/** With `json`, standard output carries JSON lines alone and nothing is drawn. */
export function createOutput(json: boolean): Output {
  const lines = createProgressLines(process.stderr);
  return {
    json,
    onProgress: json
      ? (progress) => {
          writeJson({ event: 'progress', ...progress });
        }
      : lines.onProgress,
    print(text) {
      if (json) return;
      lines.settle();
      process.stdout.write(`${text}\n`);
    },
    emit(object) {
      if (json) writeJson(object);
    },
    note(text) {
      if (json) return;
      lines.settle();
      process.stderr.write(`${text}\n`);
    },
    fail(error) {
      const info = toErrorInfo(error);
      if (json) writeJson({ event: 'error', error: info });
      lines.settle();
      process.stderr.write(`${describeError(info)}\n`);
      if (process.env['LVSLAB_DEBUG']) process.stderr.write(`${inspectDeep(error)}\n`);
    },
    settle: lines.settle,
  };
}

function writeJson(object: unknown): void {
  process.stdout.write(`${JSON.stringify(object)}\n`);
}

function inspectDeep(error: unknown): string {
  const stacks: string[] = [];
  for (let at: unknown = error; at instanceof Error; at = at.cause) stacks.push(at.stack ?? at.message);
  return stacks.join('\ncaused by: ');
}
