/**
 * What to call an endpoint that the code does not declare any more, from the id of its runs (method, path and file).
 * Examples: `GET /author/{id} app/views.py` → `GET /author/{id}`, `GET http://127.0.0.1:8000/x` → itself,
 * `mix page` → `Mix page`.
 */
export function nameOfSubject(subject: string): string {
  if (/^mix(?: of)? /.test(subject)) return `M${subject.slice(1)}`;
  const [method, path] = subject.split(/\s+/, 2);
  return method !== undefined && path !== undefined ? `${method} ${path}` : subject;
}
