import type { RequestDraft } from '../../src/core/model/requestDraft';

/** Whether two drafts send the same; the order of path values says nothing. */
export function isSameDraft(a: RequestDraft, b: RequestDraft): boolean {
  return textOf(a) === textOf(b);
}

/** What is sent, in a line. Example: `GET · id = 7 · limit = 20 · 2 headers · bearer token` */
export function draftSentence({ method, path, query, headers, auth, body }: RequestDraft): string {
  const values = [...Object.entries(path), ...query].map(([name, value]) => `${name} = ${value}`);
  const parts = [
    method,
    ...values,
    headers.length === 0 ? '' : `${headers.length} ${headers.length === 1 ? 'header' : 'headers'}`,
    body === '' ? '' : `body of ${body.length} characters`,
    auth.kind === 'none' ? '' : auth.kind === 'login' ? `login ${auth.login}` : `\${${auth.reference}}`,
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

function textOf({ method, path, query, headers, auth, body }: RequestDraft): string {
  return JSON.stringify([method, Object.entries(path).sort(), query, headers, Object.entries(auth).sort(), body]);
}
