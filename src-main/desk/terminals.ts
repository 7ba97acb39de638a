import { randomBytes, randomUUID } from 'node:crypto';
import { LabError } from '../contract/lab-error.ts';
import type { OpenTerminal, TerminalAsk, TerminalEvent, TerminalRequest } from '../contract/nodes.ts';
import { openShell, type GuestTerminal, type TerminalSize } from '../guest/open-shell.ts';
import { tellingShell } from '../guest/telling-shell.ts';
import { keepTyped } from '../lab/journal-typed.ts';
import type { LabContext } from '../lab/lab-context.ts';
import { demandFoundWorks, findNode } from '../lab/with-node.ts';
import { keepShell, type KeptShell } from './kept-shell.ts';
import { onlyLooks } from './only-looks.ts';
import { createTypedReader } from './typed-lines.ts';

type TerminalStream = AsyncGenerator<TerminalEvent[], void>;

/** Milliseconds for the login. */
const loginMs = 20_000;

interface OpenShell extends OpenTerminal {
  readonly lab: string;
  readonly shell: KeptShell;
  /** It was hung up here; its connection did not break. */
  hungUp: boolean;
}

interface Open {
  readonly opening: Set<Promise<GuestTerminal>>;
  readonly shells: Map<string, OpenShell>;
  readonly onLine: (lab: string, node: string) => void;
}

/**
 * The shells on nodes that are open in this application, each over a connection of its own. They belong to the
 * application, not to the page that asked for them: a page that is loaded again finds them as they are.
 * @param onLine Hears that a line was typed in one that may have changed something, as its own shell told.
 */
export function createTerminals(
  context: Pick<LabContext, 'dataFolder'>,
  onLine: (lab: string, node: string) => void = () => undefined,
) {
  const closing = new AbortController();
  const opening = new Set<Promise<GuestTerminal>>();
  const shells = new Map<string, OpenShell>();

  const found = (id: string): OpenShell => {
    const shell = shells.get(id);
    if (shell) return shell;
    throw new LabError('not-found', 'This terminal is closed.', { remedy: 'Open another one.' });
  };
  async function* run({ terminal, ...request }: TerminalAsk, ended: AbortSignal): TerminalStream {
    const opened =
      terminal === undefined
        ? await openNew(context, { opening, shells, onLine }, request, ended)
        : found(terminal);
    const end = yield* opened.shell.view(opened.id, ended);
    if (end === 'broken' && !opened.hungUp && !closing.signal.aborted) throw broken(opened.node);
  }
  return {
    /**
     * Opens a shell, or shows one that is open: first its id and what it wrote, then what it writes. The stream ends with
     * the shell; the generator's return and the signal end the stream alone, and a login that is under way.
     * @throws LabError what `findNode` and `openShell` throw; 'not-found' for a terminal that is closed;
     * 'guest-unreachable' when the connection breaks.
     */
    open: (request: TerminalAsk, signal: AbortSignal): TerminalStream => {
      const left = new AbortController();
      const stream = run(request, AbortSignal.any([signal, left.signal, closing.signal]));
      return leftAtOnce(stream, left);
    },
    /** Those of a lab, the oldest first. */
    list: (lab: string): OpenTerminal[] =>
      [...shells.values()].filter((each) => each.lab === lab).map(({ id, node }) => ({ id, node })),
    /** @throws LabError 'not-found' for a terminal that is closed. */
    type: (id: string, text: string): void => {
      found(id).shell.write(text);
    },
    /** @throws LabError 'not-found' for a terminal that is closed. */
    resize: (id: string, size: TerminalSize): void => {
      found(id).shell.resize(size);
    },
    /** Ends a shell; one that has ended is none to be ended. */
    hangUp: async (id: string): Promise<void> => {
      const open = shells.get(id);
      if (!open) return;
      open.hungUp = true;
      await open.shell.close();
    },
    /** Hangs up all of them, for good. */
    close: async (): Promise<void> => {
      closing.abort();
      const late = await Promise.allSettled(opening);
      const opened = late.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
      const all = [...opened, ...[...shells.values()].map(({ shell }) => shell)];
      await Promise.all(all.map((each) => each.close()));
    },
  };
}

/** Opens a shell on a node, and forgets it once it is over. */
async function openNew(
  context: Pick<LabContext, 'dataFolder'>,
  { opening, shells, onLine }: Open,
  request: TerminalRequest,
  signal: AbortSignal,
): Promise<OpenShell> {
  const { lab, node, columns, rows } = request;
  const mark = randomBytes(12).toString('hex');
  const made = connect(context, request, mark, signal);
  opening.add(made);
  const terminal = await made.finally(() => opening.delete(made));
  const shell = keepShell(terminal, { columns, rows }, keepingTyped(context, request, mark, onLine));
  const opened: OpenShell = { id: randomUUID(), lab, node, shell, hungUp: false };
  shells.set(opened.id, opened);
  void shell.over.then(() => {
    shells.delete(opened.id);
    return terminal.close();
  });
  // Nobody would know of it.
  if (signal.aborted) await terminal.close();
  return opened;
}

/** Takes out of what a shell writes what it tells of its command lines, and keeps these with the lab. */
function keepingTyped(
  { dataFolder }: Pick<LabContext, 'dataFolder'>,
  { lab, node }: TerminalRequest,
  mark: string,
  onLine: Open['onLine'],
): (text: string) => string {
  return createTypedReader(mark, (line) => {
    if (!onlyLooks(line)) onLine(lab, node);
    void keepTyped(dataFolder, lab, { at: new Date().toISOString(), node, line });
  });
}

/** Logs in on a node of a lab that runs. */
async function connect(
  context: Pick<LabContext, 'dataFolder'>,
  request: TerminalRequest,
  mark: string,
  signal: AbortSignal,
): Promise<GuestTerminal> {
  const found = await findNode(context, request.lab, { name: request.node });
  await demandFoundWorks(found);
  const how = { ...found.address, timeout: loginMs, goesOn: true, signal };
  return openShell(how, request, tellingShell(mark));
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

function broken(node: string): LabError {
  return new LabError('guest-unreachable', `The terminal on node ${node} broke.`, {
    node,
    why: 'The connection to the node was closed.',
    remedy: 'See that the node still runs, then open another terminal.',
  });
}
