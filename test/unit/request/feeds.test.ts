import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { FeedPlan, PlannedFeed } from '../../../src/core/model/feed';
import type { RequestTemplate } from '../../../src/core/model/request';
import { FeedCursor } from '../../../src/core/request/feedCursor';
import { valuesFromJson, valuesFromLines, valuesFromTable } from '../../../src/core/request/feedRows';
import { looksLikeFeed, parseFeed } from '../../../src/core/request/feedSpec';
import { compileFeeds, fillRequest } from '../../../src/core/request/feedTemplate';
import { validateHeaders } from '../../../src/core/request/headers';

const JSON_TYPE = ['Content-Type', 'application/json'] as const;

function list(name: string, ...values: string[]): PlannedFeed {
  return { name, source: 'a test', values: { kind: 'list', values } };
}

function request(changes: Partial<RequestTemplate> = {}): RequestTemplate {
  return { method: 'POST', url: 'http://127.0.0.1:8000/a', headers: [], body: null, ...changes };
}

function fill(template: RequestTemplate, ...feeds: PlannedFeed[]): RequestTemplate {
  const cursor = new FeedCursor({ feeds, order: 'cycle', seed: 1 });
  cursor.next();
  return fillRequest(template, compileFeeds(template, feeds), cursor.value);
}

function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}

describe('parseFeed', () => {
  const specs: readonly (readonly [string, unknown])[] = [
    ['1..1000', { kind: 'ready', values: { kind: 'range', from: 1, to: 1000 } }],
    ['-5..-2', { kind: 'ready', values: { kind: 'range', from: -5, to: -2 } }],
    ['a, b,c', { kind: 'ready', values: { kind: 'list', values: ['a', 'b', 'c'] } }],
    ['only', { kind: 'ready', values: { kind: 'list', values: ['only'] } }],
    ['random:uuid', { kind: 'ready', values: { kind: 'random', form: 'uuid' } }],
    ['random:hex', { kind: 'ready', values: { kind: 'random', form: 'hex', digits: 16 } }],
    ['random:int:1..6', { kind: 'ready', values: { kind: 'random', form: 'int', from: 1, to: 6 } }],
    ['ids.csv', { kind: 'file', path: 'ids.csv', select: null }],
    ['data/users.csv#e mail', { kind: 'file', path: 'data/users.csv', select: 'e mail' }],
    ['u.json $.data[*].id', { kind: 'file', path: 'u.json', select: '$.data[*].id' }],
    ['@ids', { kind: 'file', path: 'ids', select: null }],
    ['GET /author?limit=200 $[*].id', { kind: 'endpoint', path: '/author?limit=200', jsonPath: '$[*].id' }],
  ];
  for (const [spec, source] of specs) {
    it(`reads ${spec}`, () => assert.deepEqual(parseFeed({ name: 'id', spec }), source));
  }

  it('refuses what it does not understand, with a sentence', () => {
    for (const spec of ['', '9..1', 'random:dice', 'random:hex:0', 'GET /author', 'POST /x $[*]', 'GET /x $[']) {
      assert.throws(() => parseFeed({ name: 'id', spec }), /write|JSONPath|only taken/, spec);
    }
    assert.throws(() => parseFeed({ name: 'a b', spec: '1..2' }), /cannot be called/);
  });

  it('tells a feed from a plain value where both can be typed', () => {
    for (const text of ['1..10', 'random:uuid', '@ids.csv', 'GET /author $[*].id'])
      assert.ok(looksLikeFeed(text), text);
    for (const text of ['1', 'a,b', 'report.csv', '1.5', 'GET', 'random']) assert.ok(!looksLikeFeed(text), text);
  });
});

describe('values of a file', () => {
  it('come from the column of a table', () => {
    assert.deepEqual(valuesFromTable('id\n1\n2\n', 'id'), ['1', '2']);
    assert.deepEqual(valuesFromTable('1\r\n2', 'id'), ['1', '2']);
    assert.deepEqual(valuesFromTable('\ufeffname,ID\n"a ""b"", c",1\n"x\ny",2\n', 'id'), ['1', '2']);
    assert.deepEqual(valuesFromTable('name,ID\n"a ""b"", c",1\n"x\ny",2\n', 'name'), ['a "b", c', 'x\ny']);
    assert.throws(() => valuesFromTable('a,b\n1,2', 'id'), /no column "id".*a, b/);
    assert.throws(() => valuesFromTable('"a', 'id'), /never closed/);
    assert.throws(() => valuesFromTable('id\n', 'id'), /no value/);
  });

  it('come from JSON, by path or by name', () => {
    assert.deepEqual(valuesFromJson([1, 'b', true, null, {}], null, 'id', 'it'), ['1', 'b', 'true']);
    assert.deepEqual(valuesFromJson([{ id: 1 }, { id: 2 }], null, 'id', 'it'), ['1', '2']);
    assert.deepEqual(valuesFromJson({ data: [{ id: 7 }] }, '$.data[*].id', 'x', 'it'), ['7']);
    assert.throws(() => valuesFromJson({ data: [] }, '$.data[*].id', 'x', 'The answer'), /The answer has nothing/);
  });

  it('come one a line', () => assert.deepEqual(valuesFromLines('a\n\nb c\r\n'), ['a', 'b c']));
});

describe('a value where it stands in the request', () => {
  const anyText = fc.string({ unit: 'binary', maxLength: 20 });

  it('never leaves its segment of the path, and comes out again', () => {
    fc.assert(
      fc.property(anyText, (value) => {
        fc.pre(value !== '' && value !== '.' && value !== '..');
        const { url } = fill(request({ url: 'http://127.0.0.1:8000/a/{id}/b?c=d' }), list('id', value));
        const parts = new URL(url).pathname.split('/');
        assert.deepEqual([parts.length, parts[1], parts[3]], [4, 'a', 'b']);
        assert.equal(decodeURIComponent(parts[2] ?? ''), wellFormed(value));
        assert.equal(new URL(url).search, '?c=d');
      }),
    );
  });

  it('never leaves its part of the query, and comes out again', () => {
    fc.assert(
      fc.property(anyText, (value) => {
        const { url } = fill(request({ url: 'http://127.0.0.1:8000/a?x={id}&y=1' }), list('id', value));
        assert.deepEqual(
          [...new URL(url).searchParams],
          [
            ['x', wellFormed(value)],
            ['y', '1'],
          ],
        );
      }),
    );
  });

  it('stays one string of a JSON body, inside quotation marks and without them', () => {
    fc.assert(
      fc.property(anyText, (value) => {
        const text = '{"a": "<{v}>", "b": {v}, "c": "\\"{{v}}"}';
        const { body } = fill(request({ headers: [JSON_TYPE], body: { text } }), list('v', value, 'text'));
        const parsed = JSON.parse(body && 'text' in body ? body.text : '') as unknown;
        const sent = wellFormed(value);
        assert.deepEqual(parsed, { a: `<${sent}>`, b: sent, c: `"${sent}` });
      }),
    );
  });

  it('stays a number of a JSON body when all are numbers', () => {
    const text = '{"id": {id}, "nested": {"again": {id}}}';
    const { body } = fill(request({ headers: [JSON_TYPE], body: { text } }), list('id', '7', '-1.5e3'));
    assert.deepEqual(body, { text: '{"id": 7, "nested": {"again": 7}}' });
    const words = fill(request({ headers: [JSON_TYPE], body: { text } }), list('id', '7', 'x'));
    assert.deepEqual(words.body, { text: '{"id": "7", "nested": {"again": "7"}}' });
  });

  it('is one value of a form, and text of an XML document', () => {
    const form = [['Content-Type', 'application/x-www-form-urlencoded']] as const;
    fc.assert(
      fc.property(anyText, (value) => {
        const { body } = fill(request({ headers: form, body: { text: 'a={v}&b=1' } }), list('v', value));
        const pairs = [...new URLSearchParams(body && 'text' in body ? body.text : '')];
        assert.deepEqual(pairs, [
          ['a', wellFormed(value)],
          ['b', '1'],
        ]);
      }),
    );
    const xml = [['Content-Type', 'application/xml']] as const;
    const { body } = fill(request({ headers: xml, body: { text: '<a b="{v}"/>' } }), list('v', '"><c/>&'));
    assert.deepEqual(body, { text: '<a b="&quot;&gt;&lt;c/&gt;&amp;"/>' });
  });

  it('never becomes another header', () => {
    fc.assert(
      fc.property(anyText, (value) => {
        const template = request({ headers: [['X-Id', 'a{v}b']] });
        let filled: RequestTemplate;
        try {
          filled = fill(template, list('v', value));
        } catch (error) {
          assert.match(String(error), /no header can have/);
          return;
        }
        validateHeaders(filled.headers);
        assert.deepEqual(filled.headers, [['X-Id', `a${value}b`]]);
      }),
    );
    assert.throws(() => fill(request({ headers: [['X-Id', '{v}']] }), list('v', 'ok', 'a\r\nB: c')), /no header can/);
  });

  it('never walks up the path', () => {
    for (const value of ['.', '..', '']) {
      assert.throws(() => fill(request({ url: 'http://h/a/{v}' }), list('v', 'ok', value)), /another one/, value);
    }
    assert.throws(() => fill(request({ url: 'http://h/a/{v*}' }), list('v', 'x/../y')), /another one/);
    assert.equal(fill(request({ url: 'http://h/a/{v*}' }), list('v', 'x/y z')).url, 'http://h/a/x/y%20z');
    assert.equal(fill(request({ url: 'http://h/a/{v}' }), list('v', 'x/y z')).url, 'http://h/a/x%2Fy%20z');
  });

  it('must stand somewhere', () => {
    assert.throws(() => fill(request(), list('id', '1')), /"id" stands nowhere.*\{id\}/);
  });
});

describe('FeedCursor', () => {
  const plan = (changes: Partial<FeedPlan> = {}): FeedPlan => ({
    feeds: [list('a', 'x', 'y', 'z'), { name: 'b', source: '', values: { kind: 'range', from: 10, to: 11 } }],
    order: 'cycle',
    seed: 7,
    ...changes,
  });
  const rows = (from: FeedPlan, count: number): string[] => {
    const cursor = new FeedCursor(from);
    return Array.from({ length: count }, () => {
      cursor.next();
      return from.feeds.map((_, feed) => cursor.value(feed)).join('-');
    });
  };

  it('goes through every feed in order and begins again', () => {
    assert.deepEqual(rows(plan(), 7), ['x-10', 'y-11', 'z-10', 'x-11', 'y-10', 'z-11', 'x-10']);
  });

  it('shares the rows among threads so that together they send each once, in order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 20 }), (threads, each) => {
        const shares = Array.from({ length: threads }, (_, index) =>
          rows(plan({ share: { index, count: threads } }), each),
        );
        const woven = Array.from(
          { length: threads * each },
          (_, row) => shares[row % threads]?.[Math.floor(row / threads)],
        );
        assert.deepEqual(woven, rows(plan(), threads * each));
      }),
    );
  });

  it('gives the same random rows for the same seed, others for another, and keeps columns together', () => {
    const pairs = { feeds: [list('a', '1', '2', '3'), list('b', '1', '2', '3')], order: 'random' as const };
    const drawn = rows(plan(pairs), 300);
    assert.deepEqual(drawn, rows(plan(pairs), 300));
    assert.notDeepEqual(drawn, rows(plan({ ...pairs, seed: 8 }), 300));
    assert.deepEqual([...new Set(drawn)].sort(), ['1-1', '2-2', '3-3']);
  });

  it('makes random values of the form that was asked for', () => {
    const random: FeedPlan['feeds'] = [
      { name: 'u', source: '', values: { kind: 'random', form: 'uuid' } },
      { name: 'h', source: '', values: { kind: 'random', form: 'hex', digits: 5 } },
      { name: 'i', source: '', values: { kind: 'random', form: 'int', from: -3, to: 3 } },
    ];
    const seen = new Set<string>();
    const cursor = new FeedCursor(plan({ feeds: random }));
    for (let row = 0; row < 1000; row += 1) {
      cursor.next();
      assert.match(cursor.value(0), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      assert.match(cursor.value(1), /^[0-9a-f]{5}$/);
      seen.add(cursor.value(2));
    }
    assert.deepEqual(
      [...seen].map(Number).sort((a, b) => a - b),
      [-3, -2, -1, 0, 1, 2, 3],
    );
  });
});
