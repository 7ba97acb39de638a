import { failedTest, type Outcome } from './outcome.ts';
import { runProgram } from './run-program.ts';

/** Each is one test. The slowest come first, since two run at a time. */
const checks: readonly (readonly [title: string, program: string, args: readonly string[]])[] = [
  ['eslint', 'eslint', ['.', '--max-warnings', '0']],
  ['types of the core and the tests', 'tsc', ['-p', '.']],
  ['types of the pages', 'vue-tsc', ['-p', 'src-renderer']],
  [
    'borders between the rooms',
    'depcruise',
    ['src-main', 'src-renderer', '--config', '.dependency-cruiser.mjs'],
  ],
  ['dead code', 'knip', ['--no-progress']],
  ['formatting', 'prettier', ['--check', '--log-level', 'warn', '.']],
];
const atOnce = 2;

export async function runChecks(): Promise<Outcome> {
  const waiting = [...checks];
  let passed = 0;
  const failed: string[] = [];
  const worker = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const [title, program, args] = check;
      const start = performance.now();
      const { exitCode, output } = await runProgram(program, args, {
        capture: true,
        env: { FORCE_COLOR: '0' },
      });
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      console.log(`${exitCode === 0 ? '✓' : '✗'} ${title} (${seconds} s)`);
      if (exitCode === 0) passed++;
      else {
        failed.push(failedTest(title, output));
        console.log(output.trim());
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return { passed, failed, skipped: [], problems: [] };
}
