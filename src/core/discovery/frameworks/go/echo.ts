import { groupRouter } from './groupRouter';

/** echo 4 and 5. A group's prefix and a path are put together as they are. */
export const echo = groupRouter({
  id: 'echo',
  packages: ['github.com/labstack/echo'],
  prefilter: /"github\.com\/labstack\/echo(?:\/v\d+)?"/,
  creates: ['New'],
  types: ['Echo', 'Group'],
  converts: ['WrapHandler', 'HandlerFunc'],
  verbs: /^[A-Z]+$/,
  any: ['Any'],
  withMethod: ['Add', 'Match'],
  groups: ['Group', 'Host'],
  mounts: [],
  handlerAt: 'first',
  join: (prefix, path) => prefix + path,
});
