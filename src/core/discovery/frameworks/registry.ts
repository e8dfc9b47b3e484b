import { django } from './django';
import { express } from './express';
import { fastapi } from './fastapi';
import { flask } from './flask';
import type { FrameworkModel } from './model';
import { quart } from './quart';
import { sanic } from './sanic';
import { starlette } from './starlette';

/**
 * Every framework that discovery knows, in the order in which they are asked when a router of unknown origin is met.
 *
 * To add one: write `frameworks/<name>.ts` that exports a `FrameworkModel` (see model.ts), add it here, and add a fixture to
 * test/fixtures/discovery. To add a language: see languages/frontend.ts. The way of the data: text prefilter → parse.ts →
 * lowering (languages/) → evaluation with the models (evaluate/) → routers, routes and mounts (graph.ts) → flatten.ts.
 */
export const FRAMEWORKS: readonly FrameworkModel[] = [flask, quart, fastapi, starlette, sanic, django, express];
