import type { AppClient } from '../../src-main/contract/app-contract.ts';

/** A choice that the application remembers. Anything else that is kept counts as none. */
export interface Setting<T> {
  read(): T | undefined;
  write(value: T): void;
}

/** What the application keeps, as of this page's start, and what was chosen here since. */
let kept: Readonly<Record<string, string>> = {};
let keep: (name: string, value: string) => void = () => undefined;

/** Reads what was chosen, before anything of the page goes by it. Without an answer the page is as at the first start. */
export async function loadSettings({ app }: Pick<AppClient, 'app'>): Promise<void> {
  keep = (name, value) => {
    // A choice that cannot be kept holds all the same as long as the page does.
    void app.saveSettings({ choices: { [name]: value } }).catch(() => undefined);
  };
  const { choices = {} } = await app.settings().catch(() => ({ choices: {} }));
  kept = choices;
}

export function createSetting<T extends string>(name: string, values: readonly T[]): Setting<T> {
  return {
    read: () => values.find((value) => value === kept[name]),
    write: (value) => {
      set(name, value);
    },
  };
}

/** One that is a number. */
export function createNumberSetting(name: string): Setting<number> {
  return {
    read: () => {
      const value = Number(kept[name]);
      return kept[name] !== undefined && Number.isFinite(value) ? value : undefined;
    },
    write: (value) => {
      set(name, value.toFixed(3));
    },
  };
}

function set(name: string, value: string): void {
  if (kept[name] === value) return;
  kept = { ...kept, [name]: value };
  keep(name, value);
}
