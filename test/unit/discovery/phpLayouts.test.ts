import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkLayouts, type Layout } from './checkLayouts';
import { scan } from './scan';

const USE = '<?php\nuse Illuminate\\Support\\Facades\\Route;\n';
const USERS =
  '<?php\nnamespace App\\Http\\Controllers;\nclass UserController extends Controller\n{\n    public function index() {}\n    public function show(int $user) {}\n    public function __invoke() {}\n}\n';

const LARAVEL: readonly Layout[] = [
  {
    says: 'closures, controller methods, invokable controllers, several methods and parameters',
    files: {
      'routes/web.php': `${USE}use App\\Http\\Controllers\\UserController;\nRoute::get('/', fn () => view('x'));\nRoute::get('users/{user}', [UserController::class, 'show'])->whereNumber('user')->name('u');\nRoute::match(['get', 'post'], '/m/{a?}', UserController::class);\nRoute::any('/old', 'UserController@index');\nRoute::view('/v', 'v');\nRoute::redirect('/here', '/there');\n`,
      'app/Http/Controllers/UserController.php': USERS,
    },
    routes: [
      'ANY /here routes/web.php:9 redirect',
      'ANY /old app/Http/Controllers/UserController.php:5 UserController.index',
      'GET / routes/web.php:4 anonymous',
      'GET /m/{a} app/Http/Controllers/UserController.php:7 UserController.__invoke',
      'GET /users/{user} app/Http/Controllers/UserController.php:6 UserController.show',
      'GET /v routes/web.php:8 view',
      'POST /m/{a} app/Http/Controllers/UserController.php:7 UserController.__invoke',
    ],
  },
  {
    says: 'nested groups with prefixes, a controller group, a loop and a required file',
    files: {
      'routes/web.php': `${USE}use App\\Http\\Controllers\\UserController;\nRoute::prefix('admin')->middleware(['auth'])->group(function () {\n    Route::controller(UserController::class)->prefix('users')->group(function () {\n        Route::get('/', 'index');\n        Route::get('/{id}', 'show');\n    });\n    require __DIR__.'/more.php';\n});\nRoute::group(['prefix' => 'g', 'namespace' => 'Admin'], function () {\n    foreach (['a', 'b'] as $name) {\n        Route::delete("/$name", 'XController@drop');\n    }\n});\n`,
      'routes/more.php': `${USE}Route::put('more', fn () => 1);\n`,
      'app/Http/Controllers/UserController.php': USERS,
      'app/Http/Controllers/Admin/XController.php':
        '<?php\nnamespace App\\Http\\Controllers\\Admin;\nclass XController {\n    public function drop() {}\n}\n',
    },
    routes: [
      'DELETE /g/a app/Http/Controllers/Admin/XController.php:4 XController.drop',
      'DELETE /g/b app/Http/Controllers/Admin/XController.php:4 XController.drop',
      'GET /admin/users app/Http/Controllers/UserController.php:5 UserController.index',
      'GET /admin/users/{id} app/Http/Controllers/UserController.php:6 UserController.show',
      'PUT /admin/more routes/more.php:3 anonymous',
    ],
  },
  {
    says: 'resources, nested, shallow, with only and other parameter names',
    files: {
      'routes/web.php': `${USE}use App\\Http\\Controllers\\UserController;\nRoute::resource('users', UserController::class)->only(['index', 'show']);\nRoute::apiResource('photos.big-comments', PhotoController::class)->except('store')->shallow()->parameters(['big-comments' => 'c']);\nRoute::singleton('profile', ProfileController::class);\n`,
      'app/Http/Controllers/UserController.php': USERS,
    },
    routes: [
      'DELETE /big-comments/{c} routes/web.php:5 PhotoController.destroy',
      'GET /big-comments/{c} routes/web.php:5 PhotoController.show',
      'GET /photos/{photo}/big-comments routes/web.php:5 PhotoController.index',
      'GET /profile routes/web.php:6 ProfileController.show',
      'GET /profile/edit routes/web.php:6 ProfileController.edit',
      'GET /users app/Http/Controllers/UserController.php:5 UserController.index',
      'GET /users/{user} app/Http/Controllers/UserController.php:6 UserController.show',
      'PATCH /big-comments/{c} routes/web.php:5 PhotoController.update',
      'PATCH /profile routes/web.php:6 ProfileController.update',
      'PUT /big-comments/{c} routes/web.php:5 PhotoController.update',
      'PUT /profile routes/web.php:6 ProfileController.update',
    ],
  },
  {
    says: 'routes/api.php below /api where nothing says otherwise',
    files: { 'routes/api.php': `${USE}Route::post('/x', fn () => 1);\n` },
    routes: ['POST /api/x routes/api.php:3 anonymous'],
  },
  {
    says: 'the prefix that bootstrap/app.php gives, and its health route',
    files: {
      'bootstrap/app.php':
        "<?php\nuse Illuminate\\Foundation\\Application;\nreturn Application::configure(basePath: dirname(__DIR__))\n    ->withRouting(\n        web: __DIR__.'/../routes/web.php',\n        api: __DIR__.'/../routes/api.php',\n        apiPrefix: 'rest',\n        health: '/up',\n    )->create();\n",
      'routes/api.php': `${USE}Route::post('/x', fn () => 1);\n`,
    },
    routes: ['GET /up bootstrap/app.php:4 health', 'POST /rest/x routes/api.php:3 anonymous'],
  },
  {
    says: 'the prefix that a service provider gives',
    files: {
      'app/Providers/RouteServiceProvider.php':
        "<?php\nnamespace App\\Providers;\nuse Illuminate\\Support\\Facades\\Route;\nclass RouteServiceProvider extends ServiceProvider\n{\n    public function boot()\n    {\n        $this->routes(function () {\n            Route::prefix('v2')->middleware('api')->group(base_path('routes/api.php'));\n        });\n    }\n}\n",
      'routes/api.php': `${USE}Route::post('/x', fn () => 1);\n`,
    },
    routes: ['POST /v2/x routes/api.php:3 anonymous'],
  },
  {
    says: 'no route for clients, collections, comments and other facades',
    files: {
      'routes/web.php': `${USE}// Route::get('/a', 'b');\nHttp::get('/c'); $x->get('/d'); Cache::get('/e');\n$s = "Route::get('/f')";\n`,
    },
    routes: [],
  },
];

const ROUTE = 'use Symfony\\Component\\Routing\\Attribute\\Route;\n';

const SYMFONY: readonly Layout[] = [
  {
    says: 'attributes of classes and methods, below the prefix of config/routes.yaml',
    files: {
      'config/routes.yaml':
        "controllers:\n    resource:\n        path: ../src/Controller/\n        namespace: App\\Controller\n    type: attribute\n    prefix: /api\nlegacy:\n    path: /old/{id}\n    controller: App\\Other\\Old::show\n    methods: [GET, POST]\n    requirements:\n        id: '\\d+'\n",
      'src/Controller/Blog.php': `<?php\nnamespace App\\Controller;\n${ROUTE}#[Route('/blog', name: 'blog_')]\nfinal class Blog extends AbstractController\n{\n    const ONE = '/{id<\\d+>}';\n    #[Route(self::ONE, name: 'one', methods: ['GET', 'HEAD'])]\n    #[Route('/alias/{slug:post}', methods: 'POST')]\n    public function one(int $id): Response {}\n    #[Route('/{page}', requirements: ['page' => '\\d+'])]\n    public function list(int $page = 1): Response {}\n}\n`,
      'src/Controller/Home.php': `<?php\nnamespace App\\Controller;\n${ROUTE}#[Route('/home', methods: ['GET'])]\nclass Home\n{\n    public function __invoke() {}\n}\n`,
      'src/Other/Old.php': '<?php\nnamespace App\\Other;\nclass Old {\n    public function show($id) {}\n}\n',
    },
    routes: [
      'ANY /api/blog/{page} src/Controller/Blog.php:12 Blog.list',
      'GET /api/blog/{id} src/Controller/Blog.php:10 Blog.one',
      'GET /api/home src/Controller/Home.php:7 Home.__invoke',
      'GET /old/{id} src/Other/Old.php:4 Old.show',
      'HEAD /api/blog/{id} src/Controller/Blog.php:10 Blog.one',
      'POST /api/blog/alias/{slug} src/Controller/Blog.php:10 Blog.one',
      'POST /old/{id} src/Other/Old.php:4 Old.show',
    ],
  },
  {
    says: 'a prefix for all controllers, with a default for its parameter',
    files: {
      'config/routes.yaml':
        'controllers:\n    resource: routing.controllers\n    prefix: /{_locale}\n    defaults:\n        _locale: en\n',
      'src/Shop/Items.php': `<?php\nnamespace App\\Shop;\n${ROUTE}class Items\n{\n    #[Route('/items', methods: ['GET'])]\n    public function list() {}\n}\n`,
    },
    routes: ['GET /{_locale}/items src/Shop/Items.php:7 Items.list'],
  },
  {
    says: 'inherited methods, paths by locale and a configurator',
    files: {
      'src/Base.php': `<?php\nnamespace App;\n${ROUTE}abstract class Base {\n    #[Route('/list', methods: ['GET'])] public function list() {}\n}\n`,
      'src/Cats.php': `<?php\nnamespace App;\n${ROUTE}#[Route(path: ['en' => '/cats', 'de' => '/katzen'])]\nclass Cats extends Base {\n}\n`,
      'config/routes.php':
        "<?php\nuse App\\Cats;\nuse Symfony\\Component\\Routing\\Loader\\Configurator\\RoutingConfigurator;\nreturn function (RoutingConfigurator $routes): void {\n    $routes->add('x', '/x/{n}')->controller([Cats::class, 'list'])->methods(['PUT']);\n};\n",
    },
    routes: [
      'GET /cats/list src/Base.php:5 Base.list',
      'GET /katzen/list src/Base.php:5 Base.list',
      'PUT /x/{n} src/Base.php:5 Base.list',
    ],
  },
];

const SLIM: readonly Layout[] = [
  {
    says: 'routes and nested groups of a file that gets the application',
    files: {
      'public/index.php':
        "<?php\nuse Slim\\Factory\\AppFactory;\n$app = AppFactory::create();\n$app->setBasePath('/base');\n$routes = require __DIR__ . '/../app/routes.php';\n$routes($app);\n$app->map(['GET', 'PUT'], '/m[/{y:[0-9]+}]', function ($request, $response) { return $response; });\n$app->run();\n",
      'app/routes.php':
        "<?php\nuse App\\Users;\nuse Slim\\App;\nuse Slim\\Routing\\RouteCollectorProxy;\nreturn function (App $app) {\n    $app->group('/users', function (RouteCollectorProxy $group) {\n        $group->get('', Users::class . ':all');\n        $group->group('/{id}', function ($inner) {\n            $inner->delete('/x', [Users::class, 'drop']);\n        });\n    });\n    $app->any('/u', Users::class);\n};\n",
      'src/Users.php':
        '<?php\nnamespace App;\nclass Users {\n    function all() {}\n    function drop() {}\n    function __invoke() {}\n}\n',
    },
    routes: [
      'ANY /base/u src/Users.php:6 Users.__invoke',
      'DELETE /base/users/{id}/x src/Users.php:5 Users.drop',
      'GET /base/m/{y} public/index.php:7 anonymous',
      'GET /base/users src/Users.php:4 Users.all',
      'PUT /base/m/{y} public/index.php:7 anonymous',
    ],
  },
  {
    says: 'groups of version 3, whose closures have the application as $this, and a required file that uses its name',
    files: {
      'index.php':
        "<?php\n$app = new \\Slim\\App();\n$app->group('/g', function () {\n    $this->get('/a', 'Home:index');\n});\nrequire 'more.php';\n$container->get('/no');\n",
      'more.php': "<?php\n$app->post('/more', function () {});\n",
      'Home.php': '<?php\nclass Home {\n    function index() {}\n}\n',
    },
    routes: ['GET /g/a Home.php:3 Home.index', 'POST /more more.php:2 anonymous'],
  },
];

for (const [framework, layouts] of Object.entries({ laravel: LARAVEL, symfony: SYMFONY, slim: SLIM }))
  checkLayouts(framework, layouts);

describe('parameters of PHP routes', () => {
  it('have the types of signatures, patterns and requirements', async () => {
    const { endpoints } = await scan({
      'routes/web.php': `${USE}Route::get('/{a}/{b}/{c?}', function (int $a, $b) {})->where(['c' => '[0-9]+'])->whereUuid('b')->whereIn('x', ['y']);\n`,
    });
    assert.deepEqual(endpoints[0]?.parameters, [
      { name: 'a', in: 'path', type: 'integer', required: true },
      { name: 'b', in: 'path', type: 'uuid', required: true },
      { name: 'c', in: 'path', type: 'integer', required: false, pattern: '[0-9]+' },
    ]);
  });
});
