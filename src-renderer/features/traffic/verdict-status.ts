/** Which sign stands for what a scheduler's promise came to. */
export function verdictStatus(verdict: string): 'ok' | 'failed' | 'warning' | 'skipped' {
  if (verdict === 'as-promised') return 'ok';
  if (verdict === 'not-as-promised') return 'failed';
  return verdict === 'too-short' ? 'warning' : 'skipped';
}
