/** Words by their path: `doctor.status.ok`. */
export interface Messages {
  readonly [name: string]: string | Messages;
}

interface MessageFile {
  readonly messages: Messages;
}

const files = import.meta.glob<MessageFile>('../locales/*/*.ts', { eager: true });

/** All words of a language, put together from the files of its folder under locales/: each has top-level names of its own. */
export function messagesOf(language: string): Messages {
  const own = Object.entries(files).filter(([path]) => path.startsWith(`../locales/${language}/`));
  return Object.assign({}, ...own.map(([, { messages }]) => messages)) as Messages;
}
