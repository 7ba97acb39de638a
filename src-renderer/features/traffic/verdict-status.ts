/** Which sign stands for what a load came to, for the client or for its scheduler. */
export function verdictStatus(verdict: string): 'ok' | 'failed' | 'warning' | 'skipped' {
  if (['as-promised', 'all-answered'].includes(verdict)) return 'ok';
  if (['not-as-promised', 'some-failed', 'none-answered'].includes(verdict)) return 'failed';
  return verdict === 'too-short' ? 'warning' : 'skipped';
}
