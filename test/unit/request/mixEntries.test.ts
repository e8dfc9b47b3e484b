import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nameOfEntry, parseMixEntry } from '../../../src/core/request/mixEntries';
import { parseTeamFile } from '../../../src/core/request/teamFile';

describe('a request of a mix', () => {
  for (const [text, name, weight] of [
    ['GET /authors', 'GET /authors', 1],
    ['3 GET /author/{id}', 'GET /author/{id}', 3],
    ['0.5 POST /author #new one', 'POST /author #new one', 0.5],
    ['2 GET /authors?limit=20', 'GET /authors?limit=20', 2],
  ] as const) {
    it(`is read from "${text}"`, () => {
      const entry = parseMixEntry(text);
      assert.deepEqual([nameOfEntry(entry), entry.weight], [name, weight]);
    });
  }

  for (const [text, sentence] of [
    ['', /is no request of a mix/],
    ['/authors', /is no request of a mix/],
    ['GET authors', /is no request of a mix/],
    ['FETCH /authors', /is no request of a mix/],
    ['0 GET /authors', /must be a number above 0/],
    ['x GET /authors', /must be a number above 0/],
    ['-1 GET /authors', /must be a number above 0/],
  ] as const) {
    it(`is refused with a sentence: "${text}"`, () => {
      assert.throws(() => parseMixEntry(text), sentence);
    });
  }
});

describe('the mixes of the team file', () => {
  it('are read with weights, 1 without one, and with named requests', () => {
    const { file, mistakes } = parseTeamFile(`{
      "requests": { "POST /author #new": { "body": { "name": "Ada" } } },
      "mixes": { "page": [
        { "request": "GET /authors", "weight": 3 },
        { "request": "GET /author/{id}" },
        { "request": "POST /author #new", "weight": 0.5 },
      ] },
    }`);
    assert.deepEqual(mistakes, []);
    assert.deepEqual(
      file.mixes.get('page')?.map((entry) => [nameOfEntry(entry), entry.weight]),
      [
        ['GET /authors', 3],
        ['GET /author/{id}', 1],
        ['POST /author #new', 0.5],
      ],
    );
  });

  for (const [mixes, sentence, column] of [
    ['[]', /"mixes" must be an object/, 11],
    ['{"a": {}}', /Mix "a" must be a list of requests/, 17],
    ['{"a": []}', /Mix "a" must be a list of requests/, 17],
    ['{"a": ["GET /x"]}', /A request of Mix "a" must be an object/, 18],
    ['{"a": [{"weight": 1}]}', /needs a "request" like/, 18],
    ['{"a": [{"request": "GET x"}]}', /needs a "request" like/, 30],
    ['{"a": [{"request": "GET /x", "weight": 0}]}', /"weight" must be a number above 0/, 50],
    ['{"a": [{"request": "GET /x", "weight": "3"}]}', /"weight" must be a number above 0/, 50],
    ['{"a": [{"request": "GET /x", "share": 1}]}', /"share" is not known in a mix; known are request, weight/, 40],
    ['{"a": [{"request": "GET /x"}, {"request": "GET /x"}]}', /has GET \/x twice/, 41],
    ['{"a": [{"request": "GET /x #y"}]}', /There is no request "GET \/x #y" here/, 17],
  ] as const) {
    it(`say what is wrong, and where: ${mixes}`, () => {
      const { mistakes } = parseTeamFile(`{"mixes": ${mixes}}`);
      assert.match(mistakes[0]?.sentence ?? 'nothing', sentence);
      assert.equal(mistakes[0]?.column, column);
    });
  }
});
