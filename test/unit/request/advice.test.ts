import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SingleResponse } from '../../../src/core/model/request';
import { adviseAnswer, type PreviewRequest } from '../../../src/core/request/advice';
import { warnOfDebugServer } from '../../../src/core/request/debugServer';

const REQUEST: PreviewRequest = {
  method: 'GET',
  url: 'http://127.0.0.1:8000/author/1',
  endpoint: null,
  expectsJson: true,
};

function answer(status: number, bodyText = '{}', headers: [string, string][] = []): SingleResponse {
  return { status, statusText: 'Text', headers, bodyText, bodyBytes: bodyText.length, truncated: false, durationMs: 1 };
}

describe('adviseAnswer', () => {
  for (const [response, level, code, sentence] of [
    [answer(200), 'ok', 'ok', /200 Text/],
    [answer(401), 'doubtful', 'auth', /Authorization header/],
    [answer(403, 'CSRF token missing'), 'doubtful', 'csrf', /X-CSRFToken.*CSRF token missing/],
    [answer(401, '', [['WWW-Authenticate', 'Basic realm="x"']]), 'doubtful', 'auth', /asks for Basic/],
    [answer(415, '', [['Accept-Post', 'application/xml']]), 'doubtful', 'media-type', /one of application\/xml/],
    [answer(404, '{"detail": "no author 1"}'), 'doubtful', 'not-found', /The server says: no author 1/],
    [answer(405, '', [['Allow', 'POST, PUT']]), 'doubtful', 'method', /does not take GET here\. It allows POST, PUT/],
    [answer(415), 'doubtful', 'media-type', /Content-Type/],
    [answer(422, '{"detail":[{"loc":["query","limit"]}]}'), 'doubtful', 'invalid', /query\.limit|"limit"/],
    [answer(429), 'doubtful', 'rate-limit', /limits/],
    [answer(500), 'doubtful', 'server-error', /server's log/],
    [answer(400, 'Client sent an HTTP request to an HTTPS server.\n'), 'doubtful', 'tls', /begins with https:/],
    [answer(400, '<center>The plain HTTP request was sent to HTTPS port</center>'), 'doubtful', 'tls', /https:/],
    [answer(418), 'doubtful', 'client-error', /refusal/],
    [answer(200, ''), 'ok', 'empty', /empty body/],
    [answer(204, ''), 'ok', 'ok', /204/],
    [answer(200, '<html>', [['content-type', 'text/html; charset=utf-8']]), 'doubtful', 'html', /HTML page/],
    [answer(301, '', [['location', '/author/1/']]), 'doubtful', 'redirect', /author\/1\/;.*Add the slash/],
    [answer(301, '', [['location', 'https://127.0.0.1:8000/author/1']]), 'doubtful', 'redirect', /https:\/\//],
    [answer(302, '', [['location', '/login?next=/']]), 'doubtful', 'redirect', /login page/],
    [answer(302, '', [['location', 'http://evil.example/']]), 'doubtful', 'redirect', /evil\.example.*not followed/],
    [answer(302), 'doubtful', 'redirect', /without saying where/],
    [answer(304, ''), 'ok', 'ok', /304/],
  ] as const) {
    it(`says ${code} for ${response.status} ${response.bodyText} ${JSON.stringify(response.headers)}`, () => {
      const advice = adviseAnswer(response, REQUEST);
      assert.deepEqual([advice.level, advice.code], [level, code]);
      assert.match(advice.sentence, sentence);
    });
  }

  it('takes a 404 for a wrong id where the path has a parameter', () => {
    const parameter = { name: 'id', in: 'path', type: 'integer', required: true } as const;
    const endpoint = { path: '/author/{id}', parameters: [parameter], framework: 'flask' };
    assert.match(adviseAnswer(answer(404), { ...REQUEST, endpoint }).sentence, /does not exist/);
    assert.match(adviseAnswer(answer(404), REQUEST).sentence, /does not have the route/);
  });

  it('keeps the sentence on one line and short, whatever the server says', () => {
    const { sentence } = adviseAnswer(answer(500, JSON.stringify({ error: `a\n${'b'.repeat(10_000)}` })), REQUEST);
    assert.ok(sentence.length < 500 && !sentence.includes('\n'));
  });

  it('survives JSON that is no object', () => {
    for (const body of ['null', '5', '[]', '{"detail": null}', '{"__proto__": {"detail": "x"}}']) {
      assert.ok(!adviseAnswer(answer(500, body), REQUEST).sentence.includes('says'));
    }
  });
});

describe('warnOfDebugServer', () => {
  for (const [commandLine, header] of [
    ['python -m flask --app app run --debug', undefined],
    ['uvicorn app:app --reload', undefined],
    ['node --inspect=0 server.js', undefined],
    ['python manage.py runserver', undefined],
    [null, 'Werkzeug/3.1 Python/3.11'],
  ] as const) {
    it(`warns of ${commandLine ?? header}`, () => {
      assert.equal(warnOfDebugServer({ commandLine }, header)[0]?.code, 'debug-server');
    });
  }

  it('says nothing about servers for production', () => {
    assert.deepEqual(warnOfDebugServer({ commandLine: 'gunicorn --workers 4 app:app' }, 'gunicorn'), []);
    assert.deepEqual(warnOfDebugServer({ commandLine: 'node reload/server.js' }, undefined), []);
    assert.deepEqual(warnOfDebugServer({}, undefined), []);
  });
});
