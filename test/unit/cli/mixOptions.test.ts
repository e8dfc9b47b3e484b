import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { asksForMix, parseMixOptions } from '../../../src/cli/mixOptions';
import { nameOfEntry } from '../../../src/core/request/mixEntries';

describe('the flags of a mix', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ep-mixed-'));
  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  after(() => rmSync(folder, { recursive: true }));

  it('are told from those of one request', () => {
    assert.equal(asksForMix(['http://127.0.0.1:1/', '-c', '4']), false);
    assert.equal(asksForMix(['http://127.0.0.1:1/', '--also', 'GET /b']), true);
    assert.equal(asksForMix(['--dir', '.', '--mix=page']), true);
  });

  it('name requests beside the URL, which has a weight of its own', async () => {
    const args = ['http://127.0.0.1:1/a', '--weight', '2', '--also', '3 GET /b', '--also', 'POST /c', '-c', '4'];
    const mix = await parseMixOptions(args);
    assert.deepEqual([mix.url, mix.leadWeight, mix.seed, mix.file], ['http://127.0.0.1:1/a', 2, 1, null]);
    assert.deepEqual(
      mix.entries.map((entry) => [nameOfEntry(entry), entry.weight]),
      [
        ['GET /b', 3],
        ['POST /c', 1],
      ],
    );
    assert.deepEqual(mix.rest, ['http://127.0.0.1:1/a', '-c', '4']);
  });

  it('read a file with comments, which names all of them', async () => {
    const path = file('mix.json', '// two\n[{ "request": "GET /a", "weight": 2 }, { "request": "GET /b" },]');
    const mix = await parseMixOptions(['http://127.0.0.1:1', '--mix', path, '--mix-seed', '7']);
    assert.deepEqual([mix.name, mix.file, mix.leadWeight, mix.seed], [null, path, null, 7]);
    assert.deepEqual(mix.entries.map(nameOfEntry), ['GET /a', 'GET /b']);
  });

  for (const [what, args, sentence] of [
    [
      'a file with a mistake',
      () => ['--mix', file('a.json', '[\n  { "request": "a" }\n]')],
      /a\.json:2:16: .* needs a "request"/,
    ],
    ['a file that is no JSON', () => ['--mix', file('b.json', '[{')], /b\.json:1:\d+: /],
    ['an empty file', () => ['--mix', file('c.json', '')], /c\.json/],
    ['a file that is not there', () => ['--mix', join(folder, 'gone.json')], /gone\.json cannot be read/],
    ['a name beside a URL', () => ['http://127.0.0.1:1', '--mix', 'page'], /wants a file like mix\.json beside a URL/],
    ['a weight for one request', () => ['--route', 'GET /a', '--weight', '2'], /--weight goes with --also or --mix/],
    [
      'a weight of 0',
      () => ['--route', 'GET /a', '--weight', '0', '--also', 'GET /b'],
      /--weight wants a number above 0/,
    ],
    ['a seed without a mix', () => ['--route', 'GET /a', '--mix-seed', '2'], /--mix-seed goes with/],
    ['two ways at once', () => ['--mix', 'page', '--also', 'GET /b'], /--also does not go with --mix/],
    [
      'a route beside a mix',
      () => ['--mix', file('d.json', '[]'), '--route', 'GET /a'],
      /--route does not go with --mix/,
    ],
    ['a body beside a mix', () => ['--mix', file('e.json', '[]'), '-d', 'x'], /--body does not go with --mix/],
    ['a request that is none', () => ['--route', 'GET /a', '--also', 'b'], /is no request of a mix/],
  ] as const) {
    it(`are refused with a sentence: ${what}`, async () => {
      await assert.rejects(parseMixOptions(args()), sentence);
    });
  }
});
