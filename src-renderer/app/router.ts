import { createRouter, createWebHashHistory, type Router, type RouteRecordRaw } from 'vue-router';

/** The pages. Each is loaded when it is first opened. */
const routes: RouteRecordRaw[] = [
  { path: '/', name: 'labs', component: () => import('../features/labs/LabsPage.vue') },
  { path: '/compare', name: 'compare', component: () => import('../features/compare/ComparePage.vue') },
  {
    path: '/compare/:task/report',
    name: 'comparison-report',
    component: () => import('../features/reports/ReportPage.vue'),
    props: ({ params }) => ({ lab: params['task'], comparison: true }),
  },
  { path: '/images', name: 'images', component: () => import('../features/images/ImagesPage.vue') },
  { path: '/host', name: 'host', component: () => import('../features/doctor/HostPage.vue') },
  {
    path: '/labs/:lab',
    name: 'lab',
    component: () => import('../features/workspace/WorkspacePage.vue'),
    props: true,
  },
  {
    path: '/labs/:lab/report',
    name: 'report',
    component: () => import('../features/reports/ReportPage.vue'),
    props: true,
  },
  { path: '/:rest(.*)', redirect: '/' },
];

/** To be made once the connection is: it rewrites the page's address, which holds the token until then. */
export function createAppRouter(): Router {
  return createRouter({ history: createWebHashHistory(), routes });
}
