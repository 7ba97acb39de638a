import type { ControlRequest } from '../../../src-main/contract/lab-control.ts';

/** Something that a remedy tells to type, and that the page can do. */
export interface RemedyAction {
  readonly verb: 'startNode' | 'restartNode' | 'resume';
  /** Null where it is about the whole lab. */
  readonly node: string | null;
  readonly request: ControlRequest;
}

const commands = { start: 'startNode', restart: 'restartNode' } as const;

/**
 * The commands in a remedy's words that the page has a button for: `lvslab start LAB NODE`, `lvslab restart LAB NODE` and
 * `lvslab resume LAB`, each once. What throws something away is asked for where it stands, not from here.
 */
export function remedyActions(remedy: string | undefined, lab: string): RemedyAction[] {
  const found = [...(remedy ?? '').matchAll(/lvslab (start|restart|resume) ([\w.-]+)(?: ([a-z][\w-]*))?/g)];
  const actions = found.flatMap(([, command, name, node]): RemedyAction[] => {
    if (name?.replace(/\.$/, '') !== lab) return [];
    if (command === 'resume') return [{ verb: 'resume', node: null, request: { verb: 'resume' } }];
    if (node === undefined) return [];
    const verb = commands[command as keyof typeof commands];
    return [{ verb, node, request: { verb, node } }];
  });
  const keyOf = ({ verb, node }: RemedyAction) => `${verb} ${node ?? ''}`;
  return actions.filter(
    (action, index) => actions.findIndex((other) => keyOf(other) === keyOf(action)) === index,
  );
}
