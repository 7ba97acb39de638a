/** What a lab loses something by: taken down, reset, or reset to how it was made, without what was set since. */
export type LosingWay = 'takeDown' | 'reset' | 'resetAsMade';
