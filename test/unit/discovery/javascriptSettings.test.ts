import assert from 'node:assert/strict';
import { it } from 'node:test';
import { WorkspaceIndex } from '../../../src/core/discovery/workspaceIndex';
import { checkLayouts } from './checkLayouts';
import { PARSER, table } from './scan';

const SHARED = `const express = require('express');\nconst app = express();\n`;

function decides(name: string, text: string): string {
  return `${name} decides a part of the path when the program runs; "${text}" is its default in the code.`;
}

checkLayouts('express', [
  {
    says: 'prefixes of imported JSON: default, by name, as a namespace, required, and the version of package.json',
    files: {
      'package.json': '{ "name": "shop", "version": "2.1.0" }',
      'src/config.json': '{ "prefix": "/json", "api": { "version": "v3" }, "list": ["/one", "/two"] }',
      'src/app.ts': `import express from 'express';
import config from './config.json';
import { api } from './config.json' with { type: 'json' };
import * as whole from './config.json';
const app = express();
app.get(config.prefix + '/a', (req, res) => {});
app.get(\`/\${api.version}/b\`, (req, res) => {});
app.get(whole.prefix + '/c', (req, res) => {});
app.get(require('./config').prefix + '/d', (req, res) => {});
app.get('/' + require('../package.json').version + '/e', (req, res) => {});
for (const path of config.list) app.get(path, (req, res) => {});
`,
    },
    routes: [
      'GET /json/a src/app.ts:6 anonymous',
      'GET /v3/b src/app.ts:7 anonymous',
      'GET /json/c src/app.ts:8 anonymous',
      'GET /json/d src/app.ts:9 anonymous',
      'GET /2.1.0/e src/app.ts:10 anonymous',
      'GET /one src/app.ts:11 anonymous',
      'GET /two src/app.ts:11 anonymous',
    ],
  },
  {
    says: 'a JSON file that is broken leaves a hole, and says which value it is',
    files: {
      'config.json': '{ "prefix": ',
      'app.js': `${SHARED}app.get(require('./config.json').prefix + '/a', (req, res) => {});\n`,
    },
    routes: ['GET {…}/a app.js:3 anonymous'],
    notes: ['The value of prefix is not known from the code alone.'],
  },
  {
    says: 'defaults of the environment: by ??, by ||, taken apart, and none',
    files: {
      'app.ts': `import express from 'express';
const app = express();
const { BASE = '/base', V: version = 'v1' } = process.env;
app.get(\`\${process.env.A ?? '/a'}/1\`, (req, res) => {});
app.get((process.env['B'] || '/b') + '/2', (req, res) => {});
app.get(\`\${BASE}/\${version}/3\`, (req, res) => {});
app.get(\`\${process.env.NONE}/4\`, (req, res) => {});
`,
    },
    routes: [
      'GET /a/1 app.ts:4 anonymous',
      'GET /b/2 app.ts:5 anonymous',
      'GET /base/v1/3 app.ts:6 anonymous',
      'GET {…}/4 app.ts:7 anonymous',
    ],
    notes: [
      decides('process.env.A', '/a'),
      decides('process.env[B]', '/b'),
      decides('process.env.BASE', '/base'),
      decides('process.env.V', 'v1'),
      'The value of process.env.NONE is not known from the code alone.',
    ],
  },
  {
    says: 'modules that read the environment by a schema of zod, in each of its ways',
    files: {
      'env/parsed.ts': `import { z } from 'zod';
const Env = z.object({ PREFIX: z.string().min(1).default('/parsed'), PORT: z.coerce.number().default(3) });
export const env = Env.parse(process.env);
`,
      'env/safe.ts': `import * as z from 'zod';
const found = z.object({ PREFIX: z.string().optional().default('/safe') }).safeParse(process.env);
if (!found.success) { process.exit(1); }
export default found.data;
`,
      'env/t3.ts': `import { createEnv } from '@t3-oss/env-core';
import { z } from 'zod';
export const env = createEnv({ server: { PREFIX: z.string().default('/t3') }, runtimeEnv: process.env });
`,
      'env/none.ts': `import { z } from 'zod';\nexport const env = z.object({ PREFIX: z.string() }).parse(process.env);\n`,
      'app.ts': `import express from 'express';
import { env } from './env/parsed';
import safe from './env/safe';
import { env as t3 } from './env/t3';
import { env as none } from './env/none';
const app = express();
app.get(\`\${env.PREFIX}/1\`, (req, res) => {});
app.get(\`\${safe.PREFIX}/2\`, (req, res) => {});
app.get(\`\${t3.PREFIX}/3\`, (req, res) => {});
app.get(\`\${none.PREFIX}/4\`, (req, res) => {});
`,
    },
    routes: [
      'GET /parsed/1 app.ts:7 anonymous',
      'GET /safe/2 app.ts:8 anonymous',
      'GET /t3/3 app.ts:9 anonymous',
      'GET {…}/4 app.ts:10 anonymous',
    ],
    notes: [
      decides('process.env.PREFIX', '/parsed'),
      decides('process.env.PREFIX', '/safe'),
      decides('process.env.PREFIX', '/t3'),
      'The value of process.env.PREFIX is not known from the code alone.',
    ],
  },
  {
    says: 'settings by Joi, Valibot, Yup, envalid, env-var, env-schema and convict',
    files: {
      'settings.js': `const Joi = require('joi');
const v = require('valibot');
const yup = require('yup');
const { cleanEnv, str } = require('envalid');
const env = require('env-var');
const envSchema = require('env-schema');
const convict = require('convict');
const { value } = Joi.object().keys({ PREFIX: Joi.string().default('/joi') }).unknown().validate(process.env);
exports.joi = value;
exports.valibot = v.parse(v.object({ PREFIX: v.optional(v.string(), '/valibot') }), process.env);
exports.yup = yup.object({ PREFIX: yup.string().default('/yup') }).validateSync(process.env);
exports.envalid = cleanEnv(process.env, { PREFIX: str({ default: '/envalid' }) });
exports.variable = env.get('PREFIX').default('/variable').asString();
exports.schema = envSchema({ schema: { type: 'object', properties: { PREFIX: { type: 'string', default: '/schema' } } } });
exports.convict = convict({ api: { prefix: { format: String, default: '/convict', env: 'PREFIX' } } }).validate();
`,
      'app.js': `${SHARED}const s = require('./settings');
app.get(s.joi.PREFIX, (req, res) => {});
app.get(s.valibot.PREFIX, (req, res) => {});
app.get(s.yup.PREFIX, (req, res) => {});
app.get(s.envalid.PREFIX, (req, res) => {});
app.get(s.variable, (req, res) => {});
app.get(s.schema.PREFIX, (req, res) => {});
app.get(s.convict.get('api.prefix'), (req, res) => {});
`,
    },
    routes: ['joi', 'valibot', 'yup', 'envalid', 'variable', 'schema', 'convict'].map(
      (name, at) => `GET /${name} app.js:${4 + at} anonymous`,
    ),
    notes: [
      ...['joi', 'valibot', 'yup', 'envalid', 'variable', 'schema'].map((name) =>
        decides('process.env.PREFIX', `/${name}`),
      ),
      decides('The setting api.prefix', '/convict'),
    ],
  },
  {
    says: 'settings of node-config, whose defaults stand in a file that nothing imports',
    files: {
      'config/default.json': '{ "api": { "prefix": "/files" } }',
      'app.js': `${SHARED}const config = require('config');
app.get(config.get('api.prefix') + '/a', (req, res) => {});
app.get(config.get('other') + '/b', (req, res) => {});
`,
    },
    routes: ['GET /files/a app.js:4 anonymous', 'GET {…}/b app.js:5 anonymous'],
    notes: [
      'The setting api.prefix decides a part of the path; "/files" stands in config/default.json.',
      'The value of the setting other is not known from the code alone.',
    ],
  },
]);

checkLayouts('nestjs', [
  {
    says: 'settings that ConfigModule checks by a schema, or by a function',
    files: {
      'main.ts': `import { NestFactory } from '@nestjs/core';
import { Controller, Get, Module } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import * as Joi from 'joi';
import { check } from './check';
@Controller(process.env.NAME ?? 'items') class Items { @Get() list() {} }
@Module({
  imports: [
    ConfigModule.forRoot({ validationSchema: Joi.object({ PREFIX: Joi.string().default('api') }) }),
    ConfigModule.forRoot({ validate: check }),
  ],
  controllers: [Items],
})
class AppModule {}
async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  const config = app.get(ConfigService);
  app.setGlobalPrefix(config.get('PREFIX') + '/' + config.getOrThrow<string>('VERSION'));
  await app.listen(3000);
}
bootstrap();
`,
      'check.ts': `import { z } from 'zod';
const Env = z.object({ VERSION: z.string().default('v1') });
export function check(given: Record<string, unknown>) { return Env.parse(given); }
`,
    },
    routes: ['GET /api/v1/items main.ts:6 Items.list'],
    notes: [
      decides('NAME', 'items').replace('NAME', 'process.env.NAME'),
      decides('PREFIX', 'api'),
      decides('VERSION', 'v1'),
    ],
  },
]);

it('routes follow an edit of the JSON file that their prefix comes from', async () => {
  const index = new WorkspaceIndex(PARSER);
  const app = `${SHARED}app.get(require('./config.json').prefix + '/a', (req, res) => {});\n`;
  await index.update([
    { file: 'app.js', text: app },
    { file: 'config.json', text: '{ "prefix": "/old" }' },
  ]);
  const result = await index.update([{ file: 'config.json', text: '{ "prefix": "/new" }' }]);
  assert.deepEqual(table(result), ['GET /new/a app.js:3 anonymous']);
});
