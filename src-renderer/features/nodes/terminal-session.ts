import { FitAddon } from '@xterm/addon-fit';
import { Terminal } from '@xterm/xterm';
import type { TerminalEvent } from '../../../src-main/contract/nodes.ts';
import type { AppClient } from '../../../src-main/contract/app-contract.ts';
import { readStream } from '../../lib/read-stream.ts';
import { adoptStyleElements } from '../../lib/style-elements.ts';

adoptStyleElements();

/** A shell on a node, shown in an element of the page. */
export interface TerminalSession {
  /** Ends the shell and takes the terminal off the page. */
  close(): void;
  focus(): void;
}

interface Options {
  readonly client: AppClient;
  readonly lab: string;
  readonly node: string;
  readonly element: HTMLElement;
  /** Hears that the shell has ended; with a failure where it did not end by itself. */
  readonly onEnd: (error?: unknown) => void;
}

/** Opens a shell on a node. What is selected is copied with Ctrl+Shift+C; Ctrl+C is the shell's. */
export function openTerminal({ client, lab, node, element, onEnd }: Options): TerminalSession {
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
  const abort = new AbortController();
  let id: string | undefined;

  terminal.attachCustomKeyEventHandler(({ type, ctrlKey, shiftKey, code }) => {
    const copies = type === 'keydown' && ctrlKey && shiftKey && code === 'KeyC' && terminal.hasSelection();
    if (copies) void navigator.clipboard.writeText(terminal.getSelection());
    return !copies;
  });
  terminal.onData((text) => {
    if (id !== undefined) void client.nodes.type({ id, text }).catch(() => undefined);
  });
  terminal.onResize(({ cols, rows }) => {
    if (id !== undefined) void client.nodes.resize({ id, columns: cols, rows }).catch(() => undefined);
  });
  const observer = new ResizeObserver(() => {
    if (element.offsetWidth > 0) fit.fit();
  });
  observer.observe(element);

  const run = async () => {
    const size = { columns: terminal.cols, rows: terminal.rows };
    const stream = await client.nodes.terminal({ lab, node, ...size }, { signal: abort.signal });
    await readStream<TerminalEvent, unknown>(stream, (events) => {
      for (const event of events) {
        if (event.kind === 'opened') id = event.id;
        else terminal.write(event.text);
      }
    });
  };
  run().then(
    () => {
      onEnd();
    },
    (error: unknown) => {
      if (!abort.signal.aborted) onEnd(error);
    },
  );
  return {
    focus: () => {
      terminal.focus();
    },
    close: () => {
      abort.abort();
      observer.disconnect();
      terminal.dispose();
    },
  };
}
