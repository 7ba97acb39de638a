import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import type { CheckResult, DoctorReport } from '../../../src-main/contract/doctor.ts';
import type { ErrorInfo } from '../../../src-main/contract/lab-error.ts';
import type { Progress } from '../../../src-main/contract/progress.ts';
import { useAppClient } from '../../lib/app-client.ts';
import { errorInfo } from '../../lib/error-info.ts';
import { readStream } from '../../lib/read-stream.ts';
import { mergeProgress } from './merge-progress.ts';

type Phase = 'checking' | 'mending' | 'done' | 'failed';

/** What the doctor found on this host, as it comes in, and the mending of it. */
export const useDoctorStore = defineStore('doctor', () => {
  const client = useAppClient();
  const phase = ref<Phase>('checking');
  const checks = ref<CheckResult[]>([]);
  const steps = ref<Progress[]>([]);
  const failure = ref<ErrorInfo>();
  let abort = new AbortController();

  /** Runs one piece of the doctor's work, in place of the one that may be under way. */
  async function run(work: Phase, begin: (signal: AbortSignal) => Promise<DoctorReport>): Promise<void> {
    abort.abort();
    abort = new AbortController();
    const { signal } = abort;
    phase.value = work;
    failure.value = undefined;
    steps.value = [];
    try {
      const report = await begin(signal);
      checks.value = report.checks;
      phase.value = 'done';
    } catch (error) {
      if (signal.aborted) return;
      failure.value = errorInfo(error);
      phase.value = 'failed';
    }
  }

  async function check(): Promise<void> {
    checks.value = [];
    await run('checking', async (signal) =>
      readStream<CheckResult, DoctorReport>(await client.doctor.check(undefined, { signal }), (found) => {
        if (!signal.aborted) checks.value.push(...found);
      }),
    );
  }

  async function mend(): Promise<void> {
    await run('mending', async (signal) =>
      readStream<Progress, DoctorReport>(await client.doctor.fix(undefined, { signal }), (told) => {
        if (!signal.aborted) steps.value = mergeProgress(steps.value, told);
      }),
    );
  }

  return {
    phase,
    checks,
    steps,
    failure,
    busy: computed(() => phase.value === 'checking' || phase.value === 'mending'),
    obstacles: computed(() => checks.value.filter(({ status }) => status === 'failed').length),
    fixable: computed(() => checks.value.filter(({ fixable }) => fixable).length),
    check,
    mend,
    /** Ends what is under way. */
    stop: () => {
      abort.abort();
    },
  };
});
