/** As ipvsadm(8) names them. Which of them a guest's kernel has is seen when its lab is there. */
export const schedulerNames = [
  ...['rr', 'wrr', 'lc', 'wlc', 'sh', 'dh', 'mh'],
  ...['sed', 'nq', 'lblc', 'lblcr', 'fo', 'ovf', 'twos'],
] as const;
