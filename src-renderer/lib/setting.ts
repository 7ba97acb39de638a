/** A choice that this browser remembers. Anything else that is stored counts as none. */
export interface Setting<T extends string> {
  read(): T | undefined;
  write(value: T): void;
}

export function createSetting<T extends string>(name: string, values: readonly T[]): Setting<T> {
  const key = `lvslab.${name}`;
  return {
    read: () => values.find((value) => value === localStorage.getItem(key)),
    write: (value) => {
      localStorage.setItem(key, value);
    },
  };
}
