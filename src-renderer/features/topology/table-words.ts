import type { ComposerTranslation } from 'vue-i18n';
import type { EntryNow, ServiceNow } from '../../../src-main/contract/lab-now.ts';
import type { NodeView } from '../../../src-main/contract/lab-view.ts';

/**
 * How the director schedules, in the room of a card's line.
 * @param checkers The services on it that check the real servers.
 */
export function schedulingWords(
  t: ComposerTranslation,
  service: ServiceNow | null | undefined,
  checkers: readonly string[],
): { words: string; wrong: boolean } | undefined {
  if (service === undefined) return undefined;
  if (service === null) return { words: t('topology.noService'), wrong: true };
  const { scheduler, persistentSeconds: n } = service;
  const words =
    n === null ? t('topology.schedules', { scheduler }) : t('topology.persistent', { scheduler, n });
  return { words: [words, ...checkers].join(' · '), wrong: false };
}

/** A real server's weight, as the director's table has it; the planned one while that is not known. */
export function weightWords(
  t: ComposerTranslation,
  { weight }: NodeView,
  entries: readonly EntryNow[] | undefined,
): { words: string; differs: boolean } {
  if (!entries) return { words: t('topology.weight', { n: weight }), differs: false };
  const [entry] = entries;
  if (!entry) return { words: t('topology.noEntry'), differs: true };
  const n = entries.map((each) => each.weight).join('/');
  const words = entry.upper
    ? t('topology.weightUpTo', { n, upper: entry.upper })
    : t('topology.weight', { n });
  return { words, differs: entries.some((each) => each.weight !== weight) };
}
