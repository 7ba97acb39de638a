import { computed, onMounted, ref, watch, type Ref } from 'vue';
import { useAppClient } from '../../lib/app-client.ts';
import { useLabStore } from '../workspace/lab-store.ts';

/** A shell that this page shows. */
interface ShownShell {
  /** A number of its own on this page. */
  readonly id: number;
  readonly node: string;
  /** The application's id of it, once it is open. */
  terminal: string | undefined;
}

/** The shells on the machines of the lab that is shown, those too that were opened before this page came. */
export function useShells(node: Readonly<Ref<string>>) {
  const client = useAppClient();
  const lab = useLabStore();
  const shells = ref<ShownShell[]>([]);
  const shown = ref<number>();
  const own = computed(() => shells.value.filter((shell) => shell.node === node.value));
  let numbers = 0;

  const add = (of: string, terminal?: string): ShownShell => {
    const shell = { id: ++numbers, node: of, terminal };
    shells.value.push(shell);
    return shell;
  };
  const showNewest = (): void => {
    shown.value = own.value.at(-1)?.id;
  };

  /** Takes up those that are open in the application. */
  async function find(): Promise<void> {
    const { name, generation } = lab;
    // Without it the page shows none, and opens others.
    const open = await client.nodes.terminals({ lab: name }).catch(() => []);
    if (generation !== lab.generation) return;
    const known = new Set(shells.value.map(({ terminal }) => terminal));
    for (const { id, node: of } of open) if (!known.has(id)) add(of, id);
    if (shown.value === undefined) showNewest();
  }

  watch(node, showNewest);
  watch(
    () => lab.generation,
    () => {
      shells.value = [];
      shown.value = undefined;
      void find();
    },
  );
  onMounted(find);

  return {
    shells,
    /** Those of the machine that is looked at. */
    own,
    shown,
    open: (): void => {
      shown.value = add(node.value).id;
    },
    /** Ends a shell. */
    close: (id: number): void => {
      const terminal = shells.value.find((shell) => shell.id === id)?.terminal;
      shells.value = shells.value.filter((shell) => shell.id !== id);
      showNewest();
      if (terminal !== undefined) void client.nodes.hangUp({ id: terminal }).catch(() => undefined);
    },
  };
}
