import type { Endpoint } from '../model/endpoint';
import type { SingleResponse } from '../model/request';
import { exampleFeed } from './exampleFeed';
import { clipLine, serverMessage } from './serverMessage';

/** What the answer to a preview means. `ok`: worth measuring. `doubtful`: it can be measured, but says little. */
export interface PreviewAdvice {
  readonly level: 'ok' | 'doubtful';
  /** `auth`, `csrf`, `not-found`, `method`, `media-type`, `invalid`, `rate-limit`, `tls`, `client-error`, `server-error`, `redirect`, `empty`, `html` or `ok`. */
  readonly code: string;
  readonly sentence: string;
}

/** What is asked for, as far as advice needs it. */
export interface PreviewRequest {
  readonly method: string;
  readonly url: string;
  readonly endpoint: Pick<Endpoint, 'path' | 'parameters' | 'framework'> | null;
  /** True when the request asks for JSON or the endpoint is known to answer with it. */
  readonly expectsJson: boolean;
}

/** As Go's net/http, nginx and Apache say it. */
const PLAIN_TO_TLS =
  /HTTP request (?:was sent )?to (?:an )?HTTPS (?:server|port)|speaking plain HTTP to an SSL-enabled/i;

/** Reads the answer to the one request before a run, and says in plain words what is the matter and how to mend it. */
export function adviseAnswer(response: SingleResponse, request: PreviewRequest): PreviewAdvice {
  const { status } = response;
  const named = `${status} ${response.statusText}`.trim();
  if (status >= 300 && status < 400 && status !== 304) return adviseRedirect(response, request, named);
  if (status === 400 && PLAIN_TO_TLS.test(response.bodyText)) {
    return doubtful(
      'tls',
      `The server answered ${named}, because it speaks TLS: use a base URL that begins with https://.`,
    );
  }
  const message = serverMessage(response.bodyText);
  const said = message === null ? '' : ` The server says: ${message}`;
  if ((status === 400 || status === 403 || status === 419) && /csrf/i.test(response.bodyText)) {
    return doubtful(
      'csrf',
      `The server answered ${named}: its check against forged requests (CSRF) wants a token. Send the token with its cookie (in Django the header X-CSRFToken and the cookie csrftoken), or exempt this route while it is measured.${said}`,
    );
  }
  if (status === 401 || status === 403) {
    return doubtful(
      'auth',
      `The server answered ${named}: ${status === 401 ? 'it wants to know who asks' : 'who asks may not do this'}.${schemeHint(response)} Use "Set Authorization…", or add an Authorization header or a cookie to the request.${said}`,
    );
  }
  if (status === 404) {
    const id = request.endpoint?.parameters.find((parameter) => parameter.in === 'path');
    const mend = id
      ? `the value of ${id.name} in the path probably does not exist there. Choose one that does, or have it fed: type ${exampleFeed(request.endpoint ?? { path: '' }, id.name)} in its place.`
      : 'this server does not have the route. Check that it is the right server and runs this code.';
    return doubtful('not-found', `The server answered ${named}: ${mend}${said}`);
  }
  if (status === 405) {
    const allow = header(response, 'allow');
    const list = allow === undefined ? '' : ` It allows ${allow}.`;
    return doubtful(
      'method',
      `The server answered ${named}: it does not take ${request.method} here.${list} Check the method and that the server runs this code.`,
    );
  }
  if (status === 415) {
    return doubtful(
      'media-type',
      `The server answered ${named}: it does not take a body of this type. Set the Content-Type header${acceptedHint(response)}.${said}`,
    );
  }
  if (status === 400 || status === 422) {
    return doubtful(
      'invalid',
      `The server answered ${named}: it does not accept these values. Correct the parameters or the body.${said}`,
    );
  }
  if (status === 429) {
    return doubtful(
      'rate-limit',
      `The server answered ${named}: it limits how often one client may ask. Switch the limit off on the server before measuring.`,
    );
  }
  if (status >= 500) {
    return doubtful(
      'server-error',
      `The server answered ${named}: the handler failed. Look at the server's log; a run would measure the failure.${said}`,
    );
  }
  if (status >= 400)
    return doubtful('client-error', `The server answered ${named}: a run would measure this refusal.${said}`);
  return adviseBody(response, request, named);
}

function adviseRedirect(response: SingleResponse, request: PreviewRequest, named: string): PreviewAdvice {
  const location = header(response, 'location');
  const base = `The server answered ${named}`;
  if (location === undefined)
    return doubtful('redirect', `${base} without saying where to; a run would measure this answer only.`);
  const from = new URL(request.url);
  let to: URL;
  try {
    to = new URL(location, from);
  } catch {
    return doubtful(
      'redirect',
      `${base} and points to "${clipLine(location)}", which is no URL; redirects are not followed.`,
    );
  }
  let mend = 'Benchmark that address if it is what you mean.';
  if (from.protocol === 'http:' && to.protocol === 'https:') mend = 'Use a base URL that begins with https://.';
  else if (to.pathname === `${from.pathname}/`) mend = 'Add the slash at the end of the path.';
  else if (`${to.pathname}/` === from.pathname) mend = 'Take the slash at the end of the path away.';
  else if (/log-?in|sign-?in|auth/i.test(to.pathname))
    mend = 'It looks like a login page: add an Authorization header or a cookie.';
  return doubtful(
    'redirect',
    `${base} and points to ${clipLine(to.href)}; redirects are not followed, so a run would measure the redirect. ${mend}`,
  );
}

function adviseBody(response: SingleResponse, request: PreviewRequest, named: string): PreviewAdvice {
  const type = header(response, 'content-type') ?? '';
  const bodyless = request.method === 'HEAD' || response.status === 204 || response.status === 304;
  if (response.bodyBytes === 0 && !bodyless) {
    return {
      level: 'ok',
      code: 'empty',
      sentence: `The server answered ${named} with an empty body: check that this is the whole answer.`,
    };
  }
  if (request.expectsJson && /text\/html/i.test(type)) {
    return doubtful(
      'html',
      `The server answered ${named} with an HTML page where JSON was expected: this may be an error or login page. Look at the body before measuring.`,
    );
  }
  return { level: 'ok', code: 'ok', sentence: `The server answered ${named}.` };
}

/** The way to say who asks that the server names (RFC 9110 section 11.6.1). */
function schemeHint(response: SingleResponse): string {
  const scheme = /^\s*([A-Za-z][\w-]*)/.exec(header(response, 'www-authenticate') ?? '')?.[1];
  return scheme === undefined ? '' : ` It asks for ${scheme}.`;
}

function acceptedHint(response: SingleResponse): string {
  const accepted = header(response, 'accept-post') ?? header(response, 'accept-patch') ?? header(response, 'accept');
  return accepted === undefined ? ', for JSON to application/json' : ` to one of ${clipLine(accepted)}`;
}

function header(response: SingleResponse, name: string): string | undefined {
  return response.headers.find(([each]) => each.toLowerCase() === name)?.[1];
}

function doubtful(code: string, sentence: string): PreviewAdvice {
  return { level: 'doubtful', code, sentence };
}
