/** Prefix and path side by side as they are. */
export function joinPlain(prefix: string, path: string): string {
  return prefix + path;
}

/** One slash between the two. */
export function joinSlash(prefix: string, path: string): string {
  if (prefix === '' || path === '') return prefix + path;
  return `${prefix.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`;
}
