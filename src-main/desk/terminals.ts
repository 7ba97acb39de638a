import { randomUUID } from 'node:crypto';
import { LabError } from '../contract/lab-error.ts';
import type { TerminalEvent, TerminalRequest } from '../contract/nodes.ts';
import { openShell, type GuestTerminal, type TerminalSize } from '../guest/open-shell.ts';
import type { LabContext } from '../lab/lab-context.ts';
import { demandFoundWorks, findNode } from '../lab/with-node.ts';
import { readTerminal } from './terminal-output.ts';

type TerminalStream = AsyncGenerator<TerminalEvent[], void>;

/** Milliseconds for the login. */
const loginMs = 20_000;

/**
 * The shells on nodes that are open in this application, each over a connection of its own.
 * @param onLine Hears that a line was typed in one.
 */
export function createTerminals(
  context: Pick<LabContext, 'dataFolder'>,
  onLine: (lab: string, node: string) => void = () => undefined,
) {
  const closing = new AbortController();
  const opening = new Set<Promise<GuestTerminal>>();
  const shells = new Map<string, { readonly shell: GuestTerminal; readonly request: TerminalRequest }>();

  const connect = async ({ lab, node, columns, rows }: TerminalRequest, signal: AbortSignal) => {
    const found = await findNode(context, lab, { name: node });
    await demandFoundWorks(found);
    return openShell({ ...found.address, timeout: loginMs, goesOn: true, signal }, { columns, rows });
  };
  async function* run(request: TerminalRequest, ended: AbortSignal): TerminalStream {
    const made = connect(request, ended);
    opening.add(made);
    const shell = await made.finally(() => opening.delete(made));
    const id = randomUUID();
    const hangUp = (): void => void shell.close();
    ended.addEventListener('abort', hangUp);
    if (ended.aborted) hangUp();
    shells.set(id, { shell, request });
    try {
      yield [{ kind: 'opened', id }];
      const shellEnded = yield* asEvents(readTerminal(shell));
      if (!shellEnded && !ended.aborted) throw broken(request.node);
    } finally {
      shells.delete(id);
      ended.removeEventListener('abort', hangUp);
      await shell.close();
    }
  }
  const openOf = (id: string) => {
    const open = shells.get(id);
    if (open) return open;
    throw new LabError('not-found', 'This terminal is closed.', { remedy: 'Open another one.' });
  };
  return {
    /**
     * First its id, then what it writes. It ends with the shell; the generator's return and the signal hang up.
     * @throws LabError what `findNode` and `openShell` throw; 'guest-unreachable' when the connection breaks.
     */
    open: (request: TerminalRequest, signal: AbortSignal): TerminalStream => {
      const left = new AbortController();
      const stream = run(request, AbortSignal.any([signal, left.signal, closing.signal]));
      return leftAtOnce(stream, left);
    },
    /** @throws LabError 'not-found' for a terminal that is closed. */
    type: (id: string, text: string): void => {
      const { shell, request } = openOf(id);
      shell.write(text);
      if (/[\r\n]/.test(text)) onLine(request.lab, request.node);
    },
    /** @throws LabError 'not-found' for a terminal that is closed. */
    resize: (id: string, size: TerminalSize): void => {
      openOf(id).shell.resize(size);
    },
    /** Hangs up all of them, for good. */
    close: async (): Promise<void> => {
      closing.abort();
      const late = await Promise.allSettled(opening);
      const opened = late.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
      const still = [...shells.values()].map(({ shell }) => shell);
      await Promise.all([...opened, ...still].map((shell) => shell.close()));
    },
  };
}

/** A generator's own return waits for what it awaits, which for a shell that says nothing is for ever. */
function leftAtOnce(stream: TerminalStream, left: AbortController): TerminalStream {
  return {
    next: () => stream.next(),
    return(value) {
      left.abort();
      return stream.return(value);
    },
    throw(error) {
      left.abort();
      return stream.throw(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    async [Symbol.asyncDispose]() {
      await this.return();
    },
  };
}

async function* asEvents(texts: AsyncGenerator<string, boolean>): AsyncGenerator<TerminalEvent[], boolean> {
  for (;;) {
    const { done, value } = await texts.next();
    if (done) return value;
    yield [{ kind: 'data', text: value }];
  }
}

function broken(node: string): LabError {
  return new LabError('guest-unreachable', `The terminal on node ${node} broke.`, {
    node,
    why: 'The connection to the node was closed.',
    remedy: 'See that the node still runs, then open another terminal.',
  });
}
