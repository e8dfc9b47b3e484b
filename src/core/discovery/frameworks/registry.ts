import { aspNet } from './dotnet/aspNet';
import { aiohttp } from './python/aiohttp';
import { bottle } from './python/bottle';
import { falcon } from './python/falcon';
import { tornado } from './python/tornado';
import { django } from './python/django';
import { express, ittyRouter, polka, restify } from './javascript/express';
import { elysia } from './javascript/elysia';
import { hapi } from './javascript/hapi';
import { hono } from './javascript/hono';
import { koa } from './javascript/koa';
import { nestjs } from './javascript/nestjs';
import { nextjs } from './javascript/nextjs';
import { nitro } from './javascript/nitro';
import { remix } from './javascript/remix';
import { sveltekit } from './javascript/sveltekit';
import { nodeHttp } from './javascript/nodeHttp';
import { schemas } from './javascript/schemas';
import { settings } from './javascript/settings';
import { adonis } from './javascript/adonis';
import { fastify } from './javascript/fastify';
import { fastapi } from './python/fastapi';
import { flask } from './python/flask';
import { chi } from './go/chi';
import { echo } from './go/echo';
import { fiber } from './go/fiber';
import { gin } from './go/gin';
import { goRestful } from './go/goRestful';
import { gorilla } from './go/gorilla';
import { huma } from './go/huma';
import { httprouter } from './go/httprouter';
import { netHttp } from './go/netHttp';
import { jaxrs } from './java/jaxrs';
import { micronaut } from './java/micronaut';
import { spring } from './java/spring';
import { laravel } from './php/laravel';
import { slim } from './php/slim';
import { symfony } from './php/symfony';
import { grape } from './ruby/grape';
import { rails } from './ruby/rails';
import { sinatra } from './ruby/sinatra';
import type { FrameworkModel } from './model';
import { flaskClassful } from './python/flaskClassful';
import { flaskRestful, flaskRestx } from './python/flaskRest';
import { litestar } from './python/litestar';
import { ninja } from './python/ninja';
import { pyramid } from './python/pyramid';
import { quart } from './python/quart';
import { sanic } from './python/sanic';
import { japronto } from './python/japronto';
import { vibora } from './python/vibora';
import { starlette } from './python/starlette';
import { actix } from './rust/actix';
import { axum } from './rust/axum';
import { poem } from './rust/poem';
import { rocket } from './rust/rocket';
import { warp } from './rust/warp';

/**
 * Every framework that discovery knows, in the order in which they are asked when a router of unknown origin is met.
 *
 * To add one: write `frameworks/<language>/<name>.ts` that exports a `FrameworkModel` (see model.ts), add it here, and hold it to
 * layouts (test/unit/discovery/checkLayouts.ts) and to the framework itself (test/integration/routes*.test.ts).
 * To add a language: see languages/frontend.ts. The way of the data: text prefilter → parse.ts → lowering (languages/) →
 * evaluation with the models (evaluate/) → routers, routes and mounts (graph.ts) → flatten.ts.
 */
export const FRAMEWORKS: readonly FrameworkModel[] = [
  flask,
  flaskClassful,
  flaskRestful,
  flaskRestx,
  quart,
  fastapi,
  starlette,
  sanic,
  django,
  ninja,
  aiohttp,
  tornado,
  bottle,
  falcon,
  pyramid,
  litestar,
  vibora,
  japronto,
  express,
  polka,
  restify,
  ittyRouter,
  schemas,
  settings,
  fastify,
  adonis,
  nodeHttp,
  nestjs,
  koa,
  hono,
  hapi,
  elysia,
  sveltekit,
  remix,
  nitro,
  nextjs,
  spring,
  jaxrs,
  micronaut,
  rails,
  sinatra,
  grape,
  laravel,
  symfony,
  slim,
  aspNet,
  gin,
  echo,
  fiber,
  chi,
  gorilla,
  huma,
  goRestful,
  httprouter,
  netHttp,
  axum,
  actix,
  rocket,
  poem,
  warp,
];
