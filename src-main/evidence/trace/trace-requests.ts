import type { RequestStory } from '../../contract/evidence.ts';
import type { LabFrame } from '../lab-frame.ts';
import type { LabView } from '../lab-map.ts';
import { createTracer } from './create-tracer.ts';

/** The stories of the requests in a record that is whole: the newest thousand. */
export function traceRequests(frames: Iterable<LabFrame>, lab: LabView): RequestStory[] {
  const tracer = createTracer(lab);
  for (const frame of frames) tracer.add(frame);
  return tracer.stories();
}
