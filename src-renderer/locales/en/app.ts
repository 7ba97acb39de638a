export const messages = {
  nav: { label: 'Pages', labs: 'Labs', compare: 'Compare', host: 'This computer' },
  errors: { dismiss: 'Dismiss' },
  header: {
    language: 'Language',
    dark: 'Dark theme',
  },
  footer: {
    version: 'LVS Lab {version}',
    data: 'Data in {folder}',
    host: '{system}, 1 processor, {memory} memory | {system}, {n} processors, {memory} memory',
  },
  connection: {
    refusedTitle: 'This address needs its token',
    refused:
      'LVS Lab lets in the browser that opens the address it printed when it started. Open that address; when it was used in another browser, start LVS Lab again with',
    lostTitle: 'LVS Lab has ended',
    lost: 'The page is no longer connected. Start LVS Lab again with',
  },
  copy: { copy: 'Copy', copied: 'Copied', label: 'Copy the command' },
};
