/** With this message the page hands its port to the preload script, and that to the main process. */
export const CONNECT_MESSAGE = 'lvslab:connect';
/** With this the preload script tells the main process the page's language. */
export const LANGUAGE_MESSAGE = 'lvslab:language';
/** With this the main process sends the page to another of its places. */
export const SHOW_MESSAGE = 'lvslab:show';
