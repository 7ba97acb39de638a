import { randomBytes, randomUUID } from 'node:crypto';
import { LabError } from '../contract/lab-error.ts';
import type { TerminalEvent, TerminalRequest } from '../contract/nodes.ts';
import { openShell, type GuestTerminal, type TerminalSize } from '../guest/open-shell.ts';
import { tellingShell } from '../guest/telling-shell.ts';
import { keepTyped } from '../lab/journal-typed.ts';
import type { LabContext } from '../lab/lab-context.ts';
import { demandFoundWorks, findNode } from '../lab/with-node.ts';
import { readTerminal } from './terminal-output.ts';
import { createTypedReader } from './typed-lines.ts';

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

  const connect = async (request: TerminalRequest, mark: string, signal: AbortSignal) => {
    const found = await findNode(context, request.lab, { name: request.node });
    await demandFoundWorks(found);
    const how = { ...found.address, timeout: loginMs, goesOn: true, signal };
    return openShell(how, request, tellingShell(mark));
  };
  async function* run(request: TerminalRequest, ended: AbortSignal): TerminalStream {
    const mark = randomBytes(12).toString('hex');
    const made = connect(request, mark, ended);
    opening.add(made);
    const shell = await made.finally(() => opening.delete(made));
    const id = randomUUID();
    const hangUp = (): void => void shell.close();
    ended.addEventListener('abort', hangUp);
    if (ended.aborted) hangUp();
    shells.set(id, { shell, request });
    try {
      yield [{ kind: 'opened', id }];
      const shellEnded = yield* asEvents(readTerminal(shell), keepingTyped(context, request, mark));
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

/** Takes out of what a shell writes what it tells of its command lines, and keeps these with the lab. */
function keepingTyped(
  { dataFolder }: Pick<LabContext, 'dataFolder'>,
  { lab, node }: TerminalRequest,
  mark: string,
): (text: string) => string {
  return createTypedReader(mark, (line) => {
    void keepTyped(dataFolder, lab, { at: new Date().toISOString(), node, line });
  });
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

async function* asEvents(
  texts: AsyncGenerator<string, boolean>,
  shown: (text: string) => string,
): AsyncGenerator<TerminalEvent[], boolean> {
  for (;;) {
    const { done, value } = await texts.next();
    if (done) return value;
    const text = shown(value);
    if (text !== '') yield [{ kind: 'data', text }];
  }
}

function broken(node: string): LabError {
  return new LabError('guest-unreachable', `The terminal on node ${node} broke.`, {
    node,
    why: 'The connection to the node was closed.',
    remedy: 'See that the node still runs, then open another terminal.',
  });
}
