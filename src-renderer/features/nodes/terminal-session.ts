import { FitAddon } from '@xterm/addon-fit';
import { Terminal } from '@xterm/xterm';
import type { TerminalEvent } from '../../../src-main/contract/nodes.ts';
import type { AppClient } from '../../../src-main/contract/app-contract.ts';
import { readStream } from '../../lib/read-stream.ts';
import { adoptStyleElements } from '../../lib/style-elements.ts';

adoptStyleElements();

/** A shell on a node, shown in an element of the page. */
export interface TerminalSession {
  /** Takes the terminal off the page; the shell goes on. */
  leave(): void;
  focus(): void;
}

interface Options {
  readonly client: AppClient;
  readonly lab: string;
  readonly node: string;
  /** One that is open already; another is opened without it. */
  readonly terminal: string | undefined;
  /** Nothing else is in it, and what is in it must not change its size. */
  readonly element: HTMLElement;
  /** Hears the shell's id. */
  readonly onOpened: (id: string) => void;
  /** Hears that the shell has ended; with a failure where it did not end by itself. */
  readonly onEnd: (error?: unknown) => void;
  /** Is asked to put the keyboard's focus outside. */
  readonly onWayOut: () => void;
}

/** The keys that leave the terminal: no shell, editor or multiplexer is told of Ctrl+Shift and a function key by us. */
export const wayOutKeys = 'Ctrl+Shift+F6';

/**
 * Shows a shell on a node. What is selected is copied with Ctrl+Shift+C; Ctrl+C is the shell's, as is every key but
 * those that lead out.
 */
export function openTerminal({ client, element, onWayOut, ...of }: Options): TerminalSession {
  const style = getComputedStyle(element);
  const terminal = new Terminal({
    fontFamily: style.getPropertyValue('--mono'),
    fontSize: 13,
    scrollback: 5000,
    theme: { background: '#12161c', foreground: '#e6eaf0', cursor: '#86b4f5' },
  });
  const fit = new FitAddon();
  terminal.loadAddon(fit);
  terminal.open(element);
  fit.fit();
  takeKeys(terminal, onWayOut);
  const observer = new ResizeObserver(() => {
    if (element.offsetWidth > 0) fit.fit();
  });
  observer.observe(element);
  const leave = followShell(client, of, terminal, fit);
  return {
    focus: () => {
      terminal.focus();
    },
    leave: () => {
      leave();
      observer.disconnect();
      terminal.dispose();
    },
  };
}

/** The keys that are the page's. */
function takeKeys(terminal: Terminal, onWayOut: () => void): void {
  terminal.attachCustomKeyEventHandler((event) => {
    const { type, ctrlKey, shiftKey, code } = event;
    if (!ctrlKey || !shiftKey) return true;
    if (code === 'F6') {
      event.preventDefault();
      if (type === 'keydown') onWayOut();
      return false;
    }
    const copies = type === 'keydown' && code === 'KeyC' && terminal.hasSelection();
    if (copies) void navigator.clipboard.writeText(terminal.getSelection());
    return !copies;
  });
}

type Shell = Pick<Options, 'lab' | 'node' | 'terminal' | 'onOpened' | 'onEnd'>;

/** Joins a terminal of the page and a shell, until the returned function is called. */
function followShell(client: AppClient, shell: Shell, terminal: Terminal, fit: FitAddon): () => void {
  const abort = new AbortController();
  let id: string | undefined;
  /** What the shell's terminal is set to. */
  let known = '';
  // What was written before this page came is not answered again: xterm.js answers what programs ask of a terminal.
  let answers = false;

  const tellSize = (): void => {
    const { cols: columns, rows } = terminal;
    if (id === undefined || !answers || known === `${columns}x${rows}`) return;
    known = `${columns}x${rows}`;
    void client.nodes.resize({ id, columns, rows }).catch(() => undefined);
  };
  terminal.onData((text) => {
    if (id !== undefined && answers) void client.nodes.type({ id, text }).catch(() => undefined);
  });
  terminal.onResize(tellSize);
  const take = (event: TerminalEvent): void => {
    if (event.kind === 'data') {
      terminal.write(event.text);
      return;
    }
    id = event.id;
    known = `${event.columns}x${event.rows}`;
    shell.onOpened(id);
    if (event.screen !== '') terminal.resize(event.columns, event.rows);
    terminal.write(event.screen, () => {
      answers = true;
      fit.fit();
      tellSize();
    });
  };
  const run = async () => {
    const { lab, node } = shell;
    const size = { columns: terminal.cols, rows: terminal.rows };
    const ask = { lab, node, ...size, ...(shell.terminal !== undefined && { terminal: shell.terminal }) };
    const stream = await client.nodes.terminal(ask, { signal: abort.signal });
    await readStream<TerminalEvent, unknown>(stream, (events) => {
      events.forEach(take);
    });
  };
  run().then(
    () => {
      if (!abort.signal.aborted) shell.onEnd();
    },
    (error: unknown) => {
      if (!abort.signal.aborted) shell.onEnd(error);
    },
  );
  return () => {
    abort.abort();
  };
}
