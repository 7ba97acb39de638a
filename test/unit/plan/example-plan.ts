import { planLab } from '../../../src-main/plan/plan-lab.ts';
import { loadTemplate } from '../../../src-main/template/load-template.ts';
import { templatesFolder } from '../../../src-main/template/templates-folder.ts';

const template = await loadTemplate(templatesFolder({}), 'three-modes');

/** The request for a plan of the template `three-modes`, with ports and UUIDs that count up. */
export function planRequest() {
  let [port, uuid] = [20000, 0];
  return {
    template,
    mode: 'dr',
    name: 'demo',
    id: '6a1f0c1e-0000-4000-8000-000000000001',
    allocate: {
      port: () => port++,
      uuid: () => `00000000-0000-4000-8000-${String(uuid++).padStart(12, '0')}`,
    },
  };
}

/** A fresh plan of it. */
export function labPlan() {
  return planLab(planRequest());
}
