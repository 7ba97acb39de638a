export const messages = {
  recipes: {
    lead: '{n} steps brought the machines into this mode. Each looks first whether its state is there, and checks it afterwards.',
    classic: 'Show the commands of older tutorials (ifconfig, route)',
    isClassic: 'As older tutorials write it; the lab ran the newer form.',
    verify: 'Verified by',
    undo: 'Undone by',
    keep: 'To keep it over a restart',
    notKept:
      'In the way of the guest’s own family. The lab does not do this itself: a reset takes everything back.',
    ran: 'What ran, and what it said ({n} command) | What ran, and what it said ({n} commands)',
    state: {
      applied: 'Applied',
      skipped: 'Was there already',
      failed: 'Failed',
      planned: 'Not carried out yet',
    },
    changes: {
      title: 'Changes of the service',
      lead: "What changed scheduler, weights, persistence, thresholds and timeouts since, and the director's rules after it.",
    },
    drift: {
      look: 'Compare with what the machines have now',
      none: 'All {n} steps are as the recipe wants them.',
      mend: 'This would set it right:',
    },
    export: {
      title: 'Take it along as files',
      scripts: 'Shell scripts',
      units: 'Unit files',
      keepalived: 'keepalived.conf',
      ipvsadm: 'ipvsadm rules',
      save: 'Save',
    },
  },
};
