import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { surviveChangedBytes } from './changedBytes';
import { scan } from './scan';

/** One program per language that reaches most of what its lowering and models do. */
const PROGRAMS: Readonly<Record<string, string>> = {
  'a/C.java':
    'package a;\nimport org.springframework.web.bind.annotation.*;\nimport static org.springframework.web.servlet.function.RouterFunctions.*;\n@RestController @RequestMapping({"/x", C.P + "/y"})\npublic class C extends B<Long> implements I {\n  static final String P = "/p";\n  enum E { A, B }\n  @GetMapping("/{id:\\\\d{2}}") public String one(@PathVariable Long id, @RequestParam(defaultValue = "1") E e) { for (String s : List.of("a")) { if (s == null) return s; } return ""; }\n  RouterFunction<R> f(H h) { return route().GET("/g", h::x).nest(path("/n"), b -> b.POST("", h::y)).build(); }\n}\n',
  'config/routes.rb':
    "Rails.application.routes.draw do\n  concern(:c) { resources :cs }\n  resources :users, only: %i[index show], shallow: true do\n    member { get :preview }\n    resources :posts, concerns: :c, constraints: { id: /\\d+/ }\n  end\n  scope '/:l', module: 'x' do\n    %w[a b].each { |n| get \"/#{n}\" => 'h#i' }\n  end\n  mount App, at: '/m'\n  draw :x\nend\nclass App < Sinatra::Base\n  namespace('/n') { get('/a/*') { |x, *y| case x when 1 then 2 else y end } }\nend\n",
  'routes/web.php':
    "<?php\nnamespace A\\B;\nuse Illuminate\\Support\\Facades\\Route;\nuse X\\{Y, Z as W};\n#[Route('/a', methods: ['GET'])]\nclass C extends D { const P = '/p'; #[Route(self::P . '/{id<\\d+>}')] public function m(int $id = 1, ?string ...$r): ?array { return ['a' => fn () => $this->x?->y(...$r)]; } }\nRoute::prefix('g')->group(function () use ($x) {\n  foreach (['a' => 1] as $k => $v) { Route::get(\"/$k/{$v['z']}\", [C::class, 'm'])->where('id', '[0-9]+'); }\n  Route::resource('p.q', C::class)->only(['index'])->shallow();\n  require __DIR__ . '/web.php';\n});\n",
  'P.cs':
    'using System;\nnamespace A.B;\nvar app = WebApplication.CreateBuilder(args).Build();\nvar g = app.MapGroup($"/g/{1}");\ng.MapGet("/{id:int?}", async (int? id) => await X.Y(id));\ng.MapAll("/x");\n[ApiController, Route("[controller]/[action]")]\npublic abstract class BaseController : ControllerBase { [HttpGet("{**rest}", Name = "n")] public virtual string Get(string rest) => rest switch { "a" => @"b", _ => $"{rest}" }; }\npublic class C : BaseController { public override string Get(string rest) => ""; }\nstatic class E { public static void MapAll(this IEndpointRouteBuilder b, string p) { foreach (var n in new[] { "a" }) b.MapMethods(p + n, new[] { "GET" }, E.H); } static void H() { } }\n',
};

describe('programs of languages that declare routes on classes', () => {
  it('are found whole as long as nobody changes them', async () => {
    const { endpoints, problems } = await scan(PROGRAMS);
    assert.deepEqual(problems, []);
    const frameworks = new Set(endpoints.map(({ framework }) => framework));
    assert.deepEqual([...frameworks].sort(), ['aspnet-core', 'laravel', 'rails', 'sinatra', 'spring']);
  });

  it('never make discovery raise or hang, whatever bytes of them are changed', () => surviveChangedBytes(PROGRAMS));

  it('end when files require each other and classes inherit in a ring', async () => {
    const startedMs = performance.now();
    await scan({
      'routes/web.php': "<?php\nRoute::get('/a', fn () => 1);\nrequire __DIR__.'/b.php';\n",
      'routes/b.php': "<?php\nRoute::get('/b', fn () => 1);\nrequire __DIR__.'/web.php';\nrequire __DIR__.'/b.php';\n",
      'A.java':
        'import org.springframework.web.bind.annotation.*;\n@RestController class A extends B { @GetMapping("/a") void a() {} }\n',
      'B.java':
        'import org.springframework.web.bind.annotation.*;\n@RestController class B extends A { static String X = Y; static String Y = X; @GetMapping(X) void b() {} }\n',
      'a.rb':
        "class A < B\n  get('/a') { 1 }\nend\nclass B < A\n  include A\n  register B\nend\nclass C < Sinatra::Base\n  use C\n  register C\nend\n",
      'config/routes.rb':
        'Rails.application.routes.draw do\n  concern(:c) { concerns :c }\n  concerns :c\n  draw :x\nend\n',
      'config/routes/x.rb': 'draw :x\nresources(:a) { draw :x }\n',
    });
    assert.ok(performance.now() - startedMs < 5_000);
  });

  it('end when fields hold objects of their own class, and what such classes register is found', async () => {
    const { endpoints, problems } = await scan({
      'app.ts':
        "import express from 'express';\nconst app = express();\nclass Node { parent = new Node(); other = new Other(); constructor() { app.get('/a', () => 1); } }\nclass Other { node = new Node(); }\nnew Node();\n",
      'A.cs':
        'public class Limits { public static Limits Default { get; } = new Limits(); public Limits Inner = new Limits(); }\nvar app = WebApplication.CreateBuilder(args).Build();\nvar l = new Limits();\napp.MapGet("/b", () => 1);\n',
      'A.java':
        'import org.springframework.web.bind.annotation.*;\n@RestController class A { A inner = new A(); B b = new B(); @GetMapping("/c") void c() {} }\nclass B { A a = new A(); }\n',
    });
    assert.deepEqual(endpoints.map(({ path }) => path).sort(), ['/a', '/b', '/c']);
    assert.deepEqual(problems, []);
  });
});
