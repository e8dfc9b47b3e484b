import { groupRouter } from './groupRouter';

/** fiber 2 and 3: applications, groups, routes in functions, mounted applications. */
export const fiber = groupRouter({
  id: 'fiber',
  packages: ['github.com/gofiber/fiber'],
  prefilter: /"github\.com\/gofiber\/fiber(?:\/v\d+)?"/,
  creates: ['New'],
  types: ['App', 'Router', 'Group'],
  converts: ['HTTPHandler', 'HTTPHandlerFunc'],
  verbs: /^[A-Z][a-z]+$/,
  any: ['All'],
  withMethod: ['Add'],
  groups: ['Group', 'Route'],
  mounts: ['Mount', 'Use'],
  handlerAt: 'last',
});
