import {
  directorEventRowsSchema,
  directorStateSchema,
  type DirectorEvent,
  type DirectorLog,
} from '../../contract/director-log.ts';

/**
 * Reads what a load's scheduling is judged by: JSON lines, the director's state first.
 * @returns undefined where there is no state: nothing can be judged by the rest.
 */
export async function parseDirectorLog(lines: AsyncIterable<string>): Promise<DirectorLog | undefined> {
  const rest = lines[Symbol.asyncIterator]();
  const first = await rest.next();
  const state = directorStateSchema.safeParse(first.done ? undefined : parsed(first.value)).data;
  return state && { state, events: eventsOf({ [Symbol.asyncIterator]: () => rest }) };
}

async function* eventsOf(lines: AsyncIterable<string>): AsyncGenerator<DirectorEvent[]> {
  for await (const line of lines) {
    const rows = directorEventRowsSchema.safeParse(parsed(line)).data;
    // A line that was cut short: what it held is missing.
    if (!rows) yield [{ atMs: 0, kind: 'lost', client: '', to: null }];
    else yield rows.map(([atMs, kind, client, to]) => ({ atMs, kind, client, to }));
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
