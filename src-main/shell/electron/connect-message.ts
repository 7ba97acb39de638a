/** With this message the page hands its port to the preload script, and that to the main process. */
export const CONNECT_MESSAGE = 'lvslab:connect';
