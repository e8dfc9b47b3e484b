import { groupRouter } from './groupRouter';

/** julienschmidt/httprouter. */
export const httprouter = groupRouter({
  id: 'httprouter',
  packages: ['github.com/julienschmidt/httprouter'],
  prefilter: /"github\.com\/julienschmidt\/httprouter"/,
  creates: ['New'],
  types: ['Router'],
  converts: ['Handle'],
  verbs: /^[A-Z]+$/,
  any: [],
  withMethod: ['Handle', 'Handler', 'HandlerFunc'],
  groups: [],
  mounts: [],
  handlerAt: 'last',
});
