import { computed, onScopeDispose, ref, watch, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import type { ErrorInfo } from '../../../src-main/contract/lab-error.ts';
import {
  reportLanguages,
  reportParts,
  type Paper,
  type ReportDetails,
  type ReportFormat,
  type ReportLanguage,
  type ReportPart,
} from '../../../src-main/contract/report.ts';
import { useAppClient } from '../../lib/app-client.ts';
import { download } from '../../lib/download.ts';
import { errorInfo } from '../../lib/error-info.ts';
import { readBytes } from '../../lib/read-bytes.ts';
import { createSetting } from '../../lib/setting.ts';
import { useLabsStore } from '../labs/labs-store.ts';

/** How long nothing must be typed before it is saved, in milliseconds. */
const pauseMs = 400;

const types: Readonly<Record<ReportFormat, string>> = {
  html: 'text/html',
  pdf: 'application/pdf',
  markdown: 'text/markdown',
  json: 'application/json',
  bundle: 'application/zip',
};

const paperSetting = createSetting<Paper>('paper', ['A4', 'Letter']);

/**
 * A lab's report as it is being put together. What is typed is saved by itself, what is chosen shows in the preview.
 * @param lab Its name, or the task of a comparison.
 */
export function useReport(lab: string) {
  const client = useAppClient();
  const { locale } = useI18n();
  const details = ref<ReportDetails>();
  const language = ref<ReportLanguage>(reportLanguages.find((each) => each === locale.value) ?? 'en');
  const parts = ref<ReportPart[]>([...reportParts]);
  const paper = ref<Paper>(paperSetting.read() ?? 'A4');
  const path = ref<string>();
  /** The format of the file that is being made. */
  const making = ref<ReportFormat>();
  const ended = new AbortController();
  const { signal } = ended;
  const { failure, attempt } = useAttempts(signal);
  const wanted = () => ({ lab, language: language.value, parts: inOrder(parts.value) });

  const { unsaved, updating, update } = useUpdates({
    attempt,
    save: async () => {
      if (details.value) await client.reports.saveDetails({ lab, details: { ...details.value } });
    },
    show: async () => {
      ({ path: path.value } = await client.reports.preview(wanted(), { signal }));
    },
  });

  const { later, flush } = usePause(update);
  void attempt(async () => {
    details.value = await client.reports.details({ lab }, { signal });
    watch(
      details,
      () => {
        unsaved.value = true;
        later();
      },
      { deep: true },
    );
    await flush();
  });
  watch([language, parts], flush);
  watch(paper, (chosen) => {
    paperSetting.write(chosen);
  });
  // What is done with the lab meanwhile belongs into its report.
  watch(useEndedTasks(lab), flush);
  onScopeDispose(() => {
    if (unsaved.value) void flush();
    ended.abort();
  });

  async function save(format: ReportFormat): Promise<void> {
    making.value = format;
    await flush();
    if (!unsaved.value)
      await attempt(async () => {
        const file = { ...wanted(), format, paper: paper.value };
        const stream = await client.reports.file(file, { signal });
        const { pieces, result } = await readBytes<{ name: string }>(stream);
        download(result.name, pieces, types[format]);
      });
    making.value = undefined;
  }

  return { details, language, parts, paper, path, failure, making, unsaved, updating, flush, save };
}

/** Puts work off until nothing has asked for it for a while. */
function usePause(work: () => Promise<void>) {
  let pause: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    clearTimeout(pause);
    return work();
  };
  return {
    /** Does it at once. */
    flush,
    later: () => {
      clearTimeout(pause);
      pause = setTimeout(() => void work(), pauseMs);
    },
  };
}

/** Keeps why the last attempt failed, but for what its signal ended. */
function useAttempts(signal: AbortSignal) {
  const failure = ref<ErrorInfo>();
  return {
    failure,
    attempt: async (work: () => Promise<void>): Promise<void> => {
      try {
        await work();
        failure.value = undefined;
      } catch (error) {
        if (!signal.aborted) failure.value = errorInfo(error);
      }
    },
  };
}

interface Updates {
  readonly attempt: (work: () => Promise<void>) => Promise<void>;
  readonly save: () => Promise<void>;
  readonly show: () => Promise<void>;
}

/** Saves and shows one after the other, and of what is asked meanwhile the newest alone. */
function useUpdates({ attempt, save, show }: Updates) {
  const unsaved = ref(false);
  const updating = ref(false);
  let asked = 0;
  let queue = Promise.resolve();
  const update = (): Promise<void> => {
    const turn = ++asked;
    updating.value = true;
    queue = queue.then(async () => {
      if (turn !== asked) return;
      await attempt(async () => {
        if (unsaved.value) {
          unsaved.value = false;
          await save().catch((error: unknown) => {
            unsaved.value = true;
            throw error;
          });
        }
        await show();
      });
      if (turn === asked) updating.value = false;
    });
    return queue;
  };
  return { unsaved, updating, update };
}

/** The tasks of a lab that have ended, as one text that changes when another does. */
function useEndedTasks(lab: string): Readonly<Ref<string>> {
  const labs = useLabsStore();
  return computed(() =>
    labs.tasks
      .filter((task) => task.lab === lab && task.state !== 'running')
      .map(({ id }) => id)
      .join(),
  );
}

/** Parts in the report's order, whichever was chosen first. */
function inOrder(chosen: readonly ReportPart[]): ReportPart[] {
  return reportParts.filter((part) => chosen.includes(part));
}
