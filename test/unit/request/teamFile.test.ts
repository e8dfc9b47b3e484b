import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import { parseTeamFile } from '../../../src/core/request/teamFile';

describe('parseTeamFile', () => {
  it('reads servers and requests, with comments and trailing commas', () => {
    const { file, mistakes } = parseTeamFile(`{
      // ours
      "servers": {
        "dev": { "baseUrl": "http://127.0.0.1:{port}/", "command": "flask run -p {port}", "cwd": "app",
                 "env": { "PORT": "{port}", "N": 3 }, "readyPath": "/health", "readyTimeoutMs": 5000 },
        "staging": { "baseUrl": "http://10.0.0.5" },
      },
      "requests": {
        "GET /author/{id}": { "path": { "id": 7 }, "query": { "full": true }, "headers": { "Accept": "application/json" } },
        "POST /author": { "body": { "name": "A", "tags": ["x"] } },
      },
    }`);
    assert.deepEqual(mistakes, []);
    assert.deepEqual(file.servers, [
      {
        name: 'dev',
        baseUrl: 'http://127.0.0.1:{port}',
        start: {
          command: 'flask run -p {port}',
          cwd: 'app',
          env: { PORT: '{port}', N: '3' },
          readyPath: '/health',
          readyTimeoutMs: 5000,
        },
      },
      { name: 'staging', baseUrl: 'http://10.0.0.5' },
    ]);
    assert.deepEqual(file.requests.get('GET /author/{id}'), {
      path: { id: '7' },
      query: [['full', 'true']],
      headers: [['Accept', 'application/json']],
      body: null,
      login: null,
    });
    assert.equal(file.requests.get('POST /author')?.body, '{"name":"A","tags":["x"]}');
  });

  for (const [text, line, column, sentence] of [
    ['{"servers": {', 1, 14, /valid JSON/],
    ['[]', 1, 1, /must be an object/],
    ['{"server": {}}', 1, 2, /"server" is not known here; known are/],
    ['{"servers": []}', 1, 13, /"servers" must be an object/],
    ['{\n "servers": {\n  "a": {}\n }\n}', 3, 8, /Server "a" needs a "baseUrl"/],
    ['{"servers": {"a": {"baseUrl": "localhost:80"}}}', 1, 31, /cannot be benchmarked/],
    ['{"servers": {"a": {"baseUrl": "http://me:pw@x"}}}', 1, 31, /user name or password/],
    ['{"servers": {"a": {"baseUrl": 5}}}', 1, 31, /must be a text/],
    ['{"servers": {"a": {"baseUrl": "http://x:{port}"}}}', 1, 19, /no "command"/],
    ['{"servers": {"a": {"baseUrl": "http://x", "comand": "y"}}}', 1, 43, /"comand" is not known in "servers.a"/],
    ['{"servers": {"a": {"baseUrl": "http://x", "command": "y", "readyTimeoutMs": -1}}}', 1, 77, /100 to 600000/],
    ['{"servers": {"a": {"baseUrl": "http://x", "command": "y", "env": {"A": []}}}}', 1, 72, /"A" in "env"/],
    ['{"requests": {"get /x": {}}}', 1, 15, /names no endpoint/],
    ['{"requests": {"GET x": {}}}', 1, 15, /names no endpoint/],
    ['{"requests": {"GET /x #": {}}}', 1, 15, /names no endpoint.*#name/],
    ['{"requests": {"GET /x y": {}}}', 1, 15, /names no endpoint/],
    ['{"requests": {"GET /x": {"headers": {"A": "b\\r\\nEvil: 1"}}}}', 1, 37, /line break/],
  ] as const) {
    it(`points at the mistake in ${JSON.stringify(text)}`, () => {
      const { mistakes } = parseTeamFile(text);
      const found = mistakes.find((mistake) => sentence.test(mistake.sentence));
      assert.ok(found, JSON.stringify(mistakes));
      assert.deepEqual([found.line, found.column], [line, column]);
    });
  }

  it('uses what is right beside a mistake', () => {
    const { file, mistakes } = parseTeamFile('{"servers": {"bad": {}, "good": {"baseUrl": "http://127.0.0.1:1"}}}');
    assert.equal(mistakes.length, 1);
    assert.deepEqual(
      file.servers.map(({ name }) => name),
      ['good'],
    );
  });

  it('takes an empty text for an empty file', () => {
    assert.deepEqual(parseTeamFile(' \n').mistakes, []);
  });

  it('survives brackets nested a hundred thousand deep, and a huge file, with a sentence', () => {
    for (const text of ['['.repeat(100_000), '{"a":'.repeat(100_000), `{"servers": {}${' '.repeat(1_100_000)}}`]) {
      const { mistakes } = parseTeamFile(text);
      assert.ok(mistakes.length > 0);
    }
  });

  it('keeps a key like __proto__ a plain key', () => {
    const { file } = parseTeamFile('{"requests": {"GET /x": {"path": {"__proto__": "1"}}}}');
    const path = file.requests.get('GET /x')?.path ?? {};
    assert.ok(Object.hasOwn(path, '__proto__'));
    assert.equal(({} as Record<string, unknown>)['1'], undefined);
  });

  it('reads variants of other code, which run in their own folder', () => {
    const { file, mistakes } = parseTeamFile(`{"servers": {
      "flask": {"baseUrl": "http://127.0.0.1:{port}", "command": "flask run -p {port}"},
      "sanic": {"description": "the rewrite", "dir": "../shop-sanic/", "cwd": "src", "baseUrl": "http://127.0.0.1:{port}", "command": "pypy3 app.py {port}"},
      "remote": {"dir": "../shop-go", "baseUrl": "http://127.0.0.1:9000"}
    }}`);
    assert.deepEqual(mistakes, []);
    assert.deepEqual(file.servers.slice(1), [
      {
        name: 'sanic',
        description: 'the rewrite',
        dir: '../shop-sanic',
        baseUrl: 'http://127.0.0.1:{port}',
        start: { command: 'pypy3 app.py {port}', cwd: '../shop-sanic/src' },
      },
      { name: 'remote', dir: '../shop-go', baseUrl: 'http://127.0.0.1:9000' },
    ]);
  });

  it('reads logins, and who uses them', () => {
    const { file, mistakes } = parseTeamFile(`{
      "requests": { "GET /me": { "login": "user" } },
      "servers": { "dev": { "baseUrl": "http://127.0.0.1:1", "login": "admin" } },
      "logins": {
        "user": { "path": "/token", "body": { "password": "\${secret:pw}" }, "token": "$.access_token" },
        "admin": { "method": "GET", "path": "/in?a=1", "headers": { "X-Key": "\${env:KEY}" }, "token": "cookie sid" }
      },
      "envFiles": [".env", ".env.local"]
    }`);
    assert.deepEqual(mistakes, []);
    assert.deepEqual(file.requests.get('GET /me')?.login, {
      ...{ name: 'user', method: 'POST', path: '/token', headers: [] },
      body: { text: '{"password":"${secret:pw}"}' },
      take: { kind: 'json', path: '$.access_token' },
    });
    assert.equal(file.servers[0]?.login, 'admin');
    assert.deepEqual(file.logins.get('admin')?.take, { kind: 'cookie', name: 'sid' });
    assert.deepEqual(file.envFiles, ['.env', '.env.local']);
  });

  for (const [login, sentence] of [
    ['{}', /needs a "path" like "\/login" and a "token"/],
    ['{"path": "/a", "token": "access_token"}', /does not say where the token is/],
    ['{"path": "/a", "token": "$["}', /is not a JSONPath/],
    ['{"path": "/a", "token": "$.t", "method": "get"}', /needs a "method"/],
    ['{"path": "http://evil.example/", "token": "$.t"}', /write it from the server's base URL/],
    ['{"path": "/\\\\evil", "token": "$.t"}', /write it from the server's base URL/],
    ['{"path": "/a", "token": "$.t", "headers": {"A": "x\\ny"}}', /line break/],
    ['{"path": "/a", "token": "$.t", "body": "${login:b}"}', /can use secrets only/],
  ] as const) {
    it(`says what is wrong with the login ${login}`, () => {
      const { file, mistakes } = parseTeamFile(`{"logins": {"a": ${login}}}`);
      assert.match(mistakes[0]?.sentence ?? '', sentence);
      assert.equal(file.logins.size, 0);
    });
  }

  it('says that a login is not there, and which feed is broken', () => {
    const { mistakes } = parseTeamFile(
      '{"requests": {"GET /a": {"login": "b"}, "POST /b": {"body": {"n": "{{random:dice}}"}}}}',
    );
    assert.match(mistakes[0]?.sentence ?? '', /There is no login "b" here/);
    assert.match(mistakes[1]?.sentence ?? '', /no kind of random value/);
  });

  it('says what is wrong with a folder that is not relative, and with what only a command could use', () => {
    const { mistakes } = parseTeamFile(`{"servers": {
      "a": {"dir": "/srv/app", "baseUrl": "http://127.0.0.1:1"},
      "b": {"dir": "C:/app", "baseUrl": "http://127.0.0.1:1"},
      "c": {"env": {"PORT": "1"}, "baseUrl": "http://127.0.0.1:1"}
    }}`);
    assert.match(mistakes[0]?.sentence ?? '', /"dir" must be relative to the workspace folder/);
    assert.match(mistakes[1]?.sentence ?? '', /"dir" must be relative/);
    assert.match(mistakes[2]?.sentence ?? '', /Server "c" has "env" but no "command"/);
    assert.equal(mistakes[2]?.line, 4);
  });

  it('knows the keys that the JSON schema offers, and no other', () => {
    const schema = JSON.parse(
      readFileSync(resolve(import.meta.dirname, '../../../media/endpoint-profiler.schema.json'), 'utf8'),
    ) as { properties: Record<string, { additionalProperties?: { properties: object } }> };
    const offered = (name: string): string[] =>
      Object.keys(schema.properties[name]?.additionalProperties?.properties ?? {});
    const known = (text: string): string[] => {
      const sentence =
        parseTeamFile(text).mistakes.find((mistake) => mistake.sentence.includes('"zzz"'))?.sentence ?? '';
      return (/known are (.*)\.$/.exec(sentence)?.[1] ?? '').split(', ');
    };
    assert.deepEqual(known('{"servers": {"a": {"zzz": 1}}}'), offered('servers'));
    assert.deepEqual(known('{"requests": {"GET /": {"zzz": 1}}}'), offered('requests'));
    assert.deepEqual(known('{"logins": {"a": {"zzz": 1}}}'), offered('logins'));
    assert.deepEqual(known('{"zzz": 1}'), Object.keys(schema.properties));
  });
});
