import { groupRouter } from './groupRouter';

/** gin: engines, groups, and groups handed to functions. */
export const gin = groupRouter({
  id: 'gin',
  packages: ['github.com/gin-gonic/gin'],
  prefilter: /"github\.com\/gin-gonic\/gin"/,
  creates: ['New', 'Default'],
  types: ['Engine', 'RouterGroup', 'IRouter', 'IRoutes'],
  converts: ['WrapF', 'WrapH', 'HandlerFunc'],
  verbs: /^[A-Z]+$/,
  any: ['Any'],
  withMethod: ['Handle', 'Match'],
  groups: ['Group'],
  mounts: [],
  handlerAt: 'last',
});
