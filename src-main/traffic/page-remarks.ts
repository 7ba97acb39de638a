import { countOf, message, type Message } from '../contract/message.ts';
import type { RunSummary } from './tally.ts';

/** A machine of the lab, with the addresses that a page may name it by. */
export interface NamedMachine {
  readonly name: string;
  /** Without prefix lengths. */
  readonly addresses: readonly string[];
}

/**
 * Pages that name another machine than the one that sent them: what a client reads there is wrong, and who counts by it
 * counts wrong. A machine is named by its name, in any case, or by one of its addresses, as a word of its own.
 */
export function pageRemarks(pages: RunSummary['pages'], machines: readonly NamedMachine[]): Message[] {
  return Object.entries(pages).flatMap(([server, texts]) => {
    const named = Object.entries(texts).flatMap(([page, count]) => {
      const others = machines.filter((machine) => isNamed(page, machine)).map(({ name }) => name);
      return others.length === 0 || others.includes(server) ? [] : [{ page, count }];
    });
    const count = named.reduce((sum, each) => sum + each.count, 0);
    const [first] = named;
    if (!first) return [];
    const words =
      '{replies} that {server} sent say “{page}”: the page names another machine than the one that answered, which the frames show.';
    return [message('remark.page', words, { replies: countOf(count, 'page'), server, page: first.page })];
  });
}

function isNamed(page: string, { name, addresses }: NamedMachine): boolean {
  return [name, ...addresses].some((word) =>
    new RegExp(`(?<![\\w.-])${escaped(word)}(?![\\w-]|\\.\\w)`, 'i').test(page),
  );
}

function escaped(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
