import type { TerminalEvent } from '../contract/nodes.ts';
import type { GuestTerminal, TerminalSize } from '../guest/open-shell.ts';
import { readTerminal } from './terminal-output.ts';

/** Characters of what a shell wrote that are kept for a page that comes later. */
const mostKept = 262_144;
/** Characters that may wait for a page before the shell is made to wait. */
const mostWaiting = 65_536;

/** How reading from a shell ended: by the shell's own end, by the break of its connection, or by the page's leaving. */
export type ShellEnd = 'ended' | 'broken' | 'left';

/** A shell that goes on while no page looks at it. */
export interface KeptShell {
  /**
   * First what it wrote until now and the size that was for, then what it writes. Pages that look at one shell see the
   * same; a page that is slow makes the shell wait.
   */
  view(id: string, signal: AbortSignal): AsyncGenerator<TerminalEvent[], ShellEnd>;
  write(text: string): void;
  resize(size: TerminalSize): void;
  /** Hangs up. */
  close(): Promise<void>;
  /** Resolves when it is over, whoever ended it. */
  readonly over: Promise<void>;
}

interface Viewer {
  waiting: string;
  news: PromiseWithResolvers<undefined>;
  room: PromiseWithResolvers<undefined>;
}

const newViewer = (): Viewer => ({
  waiting: '',
  news: Promise.withResolvers(),
  room: Promise.withResolvers(),
});

async function tell(viewer: Viewer, text: string): Promise<void> {
  viewer.waiting += text;
  viewer.news.resolve(undefined);
  if (viewer.waiting.length > mostWaiting) await viewer.room.promise;
}

async function readToEnd(
  shell: GuestTerminal,
  onText: (text: string) => Promise<void>,
): Promise<Exclude<ShellEnd, 'left'>> {
  const texts = readTerminal(shell);
  for (let next = await texts.next(); ; next = await texts.next()) {
    if (next.done) return next.value ? 'ended' : 'broken';
    await onText(next.value);
  }
}

/**
 * Reads a shell from now on, and keeps the newest of what it writes.
 * @param shown Takes each piece of what it writes, and gives what of that is for a page.
 */
export function keepShell(
  shell: GuestTerminal,
  opened: TerminalSize,
  shown: (text: string) => string = (text) => text,
): KeptShell {
  const viewers = new Set<Viewer>();
  let [kept, size] = ['', opened];
  let end: ShellEnd | undefined;

  const read = async (): Promise<void> => {
    end = await readToEnd(shell, async (piece) => {
      const text = shown(piece);
      kept = newest(kept + text);
      if (text !== '') await Promise.all([...viewers].map((viewer) => tell(viewer, text)));
    });
    for (const viewer of viewers) viewer.news.resolve(undefined);
  };
  async function* view(id: string, signal: AbortSignal): AsyncGenerator<TerminalEvent[], ShellEnd> {
    const viewer = newViewer();
    const wake = (): void => {
      viewer.news.resolve(undefined);
    };
    viewers.add(viewer);
    signal.addEventListener('abort', wake);
    try {
      yield [{ kind: 'opened', id, screen: kept, ...size }];
      while (!signal.aborted) {
        const text = viewer.waiting;
        viewer.waiting = '';
        viewer.room.resolve(undefined);
        viewer.room = Promise.withResolvers();
        if (text !== '') yield [{ kind: 'data', text }];
        else if (end) return end;
        else {
          await viewer.news.promise;
          viewer.news = Promise.withResolvers();
        }
      }
      return 'left';
    } finally {
      viewers.delete(viewer);
      viewer.room.resolve(undefined);
      signal.removeEventListener('abort', wake);
    }
  }
  return {
    view,
    write: (text) => {
      shell.write(text);
    },
    resize: (next) => {
      size = next;
      shell.resize(next);
    },
    close: () => shell.close(),
    over: read(),
  };
}

/** The end of a text that has grown too long, from the start of a line. */
function newest(text: string): string {
  if (text.length <= mostKept) return text;
  const end = text.slice(-mostKept);
  return end.slice(end.indexOf('\n') + 1);
}
