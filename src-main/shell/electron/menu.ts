import type { MenuItemConstructorOptions } from 'electron';
import type { ShellWords } from './words.ts';

/** What the menu's own entries do; the others are roles, which Electron carries out. */
export interface MenuActions {
  readonly quit: () => void;
  readonly savePdf: () => void;
  /** @param hash A place of the page's router. */
  readonly show: (hash: string) => void;
  readonly openReadme: () => void;
}

/**
 * The window's menu. Its shortcuts leave a terminal in the page what a shell is used to: Ctrl-R and Ctrl-W are not taken,
 * and those of Edit are only shown, since the page carries them out itself.
 * @param devTools Whether it offers the developer tools.
 */
export function menuTemplate(
  words: ShellWords,
  actions: MenuActions,
  devTools: boolean,
): MenuItemConstructorOptions[] {
  const page = (label: string, key: string, hash: string): MenuItemConstructorOptions => ({
    label,
    accelerator: `CmdOrCtrl+${key}`,
    click: () => {
      actions.show(hash);
    },
  });
  return [
    {
      label: words.file,
      submenu: [
        { label: words.savePdf, click: actions.savePdf },
        { type: 'separator' },
        { label: words.quit, accelerator: 'CmdOrCtrl+Q', click: actions.quit },
      ],
    },
    { label: words.edit, submenu: editItems(words) },
    { label: words.view, submenu: viewItems(words, devTools) },
    {
      label: words.labs,
      submenu: [
        page(words.labs, '1', '#/'),
        page(words.compare, '2', '#/compare'),
        page(words.host, '3', '#/host'),
      ],
    },
    { label: words.help, submenu: [{ label: words.readme, accelerator: 'F1', click: actions.openReadme }] },
  ];
}

function editItems(words: ShellWords): MenuItemConstructorOptions[] {
  const shown = { registerAccelerator: false };
  return [
    { role: 'undo', label: words.undo, ...shown },
    { role: 'redo', label: words.redo, ...shown },
    { type: 'separator' },
    { role: 'cut', label: words.cut, ...shown },
    { role: 'copy', label: words.copy, ...shown },
    { role: 'paste', label: words.paste, ...shown },
    { role: 'selectAll', label: words.selectAll, ...shown },
  ];
}

function viewItems(words: ShellWords, devTools: boolean): MenuItemConstructorOptions[] {
  return [
    { role: 'reload', label: words.reload, accelerator: 'F5' },
    { type: 'separator' },
    { role: 'zoomIn', label: words.zoomIn },
    { role: 'zoomOut', label: words.zoomOut },
    { role: 'resetZoom', label: words.resetZoom },
    { type: 'separator' },
    { role: 'togglefullscreen', label: words.fullScreen },
    ...(devTools ? [{ role: 'toggleDevTools', label: words.devTools } as const] : []),
  ];
}
