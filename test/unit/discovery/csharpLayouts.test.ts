import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkLayouts, type Layout } from './checkLayouts';
import { scan } from './scan';

const START = 'var builder = WebApplication.CreateBuilder(args);\nvar app = builder.Build();\n';

/** No .NET is to be had where these tests run: the expected routes follow Microsoft's description of routing. */
const LAYOUTS: readonly Layout[] = [
  {
    says: 'minimal APIs with groups, several methods, a method of another class and a loop',
    files: {
      'Program.cs': `${START}app.MapGet("/hello/{name?}", (string name) => $"hi {name}");\nvar api = app.MapGroup("/api").WithTags("x");\nvar items = api.MapGroup("items/{shop:int}");\nitems.MapPost("/", Handlers.Create);\nitems.MapMethods("/m", new[] { "GET", HttpMethods.Put }, Handlers.Create);\nforeach (var n in new[] { "a", "b" }) { api.MapDelete($"/{n}", () => n); }\napp.MapHealthChecks("/health");\napp.Run();\n`,
      'Handlers.cs':
        'namespace Shop;\npublic static class Handlers\n{\n    public static IResult Create(int shop) => Results.Ok();\n}\n',
    },
    routes: [
      'DELETE /api/a Program.cs:8 anonymous',
      'DELETE /api/b Program.cs:8 anonymous',
      'GET /api/items/{shop}/m Handlers.cs:4 Handlers.Create',
      'GET /health Program.cs:9 MapHealthChecks',
      'GET /hello/{name} Program.cs:3 anonymous',
      'POST /api/items/{shop} Handlers.cs:4 Handlers.Create',
      'PUT /api/items/{shop}/m Handlers.cs:4 Handlers.Create',
    ],
  },
  {
    says: 'extension methods of other files that map, with a group handed on',
    files: {
      'Program.cs': `using Shop.Endpoints;\n${START}app.MapGroup("/v1").MapTodos("/todos").RequireAuthorization();\napp.MapAll();\napp.Run();\n`,
      'Endpoints/Todos.cs':
        'namespace Shop.Endpoints;\npublic static class Todos\n{\n    public static RouteGroupBuilder MapTodos(this IEndpointRouteBuilder routes, string prefix)\n    {\n        var group = routes.MapGroup(prefix);\n        group.MapGet("/{id:guid}", Get);\n        return group;\n    }\n    public static void MapAll(this WebApplication app)\n    {\n        app.MapPatch("/all", async (HttpContext context) => { await Task.Yield(); });\n    }\n    private static IResult Get(Guid id) => Results.Ok();\n}\n',
    },
    routes: ['GET /v1/todos/{id} Endpoints/Todos.cs:14 Todos.Get', 'PATCH /all Endpoints/Todos.cs:12 anonymous'],
  },
  {
    says: 'controllers with tokens, absolute templates, several routes and HTTP attributes beside a route',
    files: {
      'Controllers/UsersController.cs':
        'using Microsoft.AspNetCore.Mvc;\nnamespace Shop.Controllers;\n[ApiController]\n[Route("api/[controller]")]\n[Route("v2/[controller]")]\npublic class UsersController : ControllerBase\n{\n    private const string One = "{id:int}";\n    [HttpGet(One)]\n    public User Get(int id) => cache.Get("x");\n    [HttpPost, Route("make/[action]")]\n    public IActionResult MakeAsync() => Ok();\n    [HttpDelete("/gone/{**rest}")]\n    public IActionResult Gone(string rest) => Ok();\n    [HttpPut]\n    [HttpPatch]\n    public IActionResult Put() => Ok();\n    [NonAction]\n    public void No() {}\n    private void Hidden() {}\n}\n',
    },
    routes: [
      'DELETE /gone/{rest*} Controllers/UsersController.cs:14 UsersController.Gone',
      'GET /api/Users/{id} Controllers/UsersController.cs:10 UsersController.Get',
      'GET /v2/Users/{id} Controllers/UsersController.cs:10 UsersController.Get',
      'PATCH /api/Users Controllers/UsersController.cs:17 UsersController.Put',
      'PATCH /v2/Users Controllers/UsersController.cs:17 UsersController.Put',
      'POST /api/Users/make/Make Controllers/UsersController.cs:12 UsersController.MakeAsync',
      'POST /v2/Users/make/Make Controllers/UsersController.cs:12 UsersController.MakeAsync',
      'PUT /api/Users Controllers/UsersController.cs:17 UsersController.Put',
      'PUT /v2/Users Controllers/UsersController.cs:17 UsersController.Put',
    ],
  },
  {
    says: 'controllers that inherit routes and actions, below the group of MapControllers, in an area',
    files: {
      'Program.cs': `${START}app.MapGroup("/base").MapControllers();\napp.Run();\n`,
      'Base.cs':
        'namespace Shop;\n[ApiController]\n[Route("[area]/[controller]/v{version:apiVersion}")]\npublic abstract class Base : ControllerBase\n{\n    [HttpGet]\n    public virtual IActionResult List() => Ok();\n}\n',
      'Cats.cs':
        'namespace Shop.Cats;\n[Area("pets")]\n[ApiVersion("1.0")]\npublic class CatsController : Base\n{\n    public override IActionResult List() => Ok();\n    [HttpGet("{id}")] public IActionResult One(Guid id) => Ok();\n}\n',
    },
    routes: [
      'GET /base/pets/Cats/v{version} Cats.cs:6 CatsController.List',
      'GET /base/pets/Cats/v{version}/{id} Cats.cs:7 CatsController.One',
    ],
  },
  {
    says: 'actions without routes of their own by the pattern of MapControllerRoute',
    files: {
      'Program.cs': `${START}app.MapControllerRoute(name: "default", pattern: "{controller=Home}/{action=Index}/{id?}");\napp.Run();\n`,
      'Controllers/HomeController.cs':
        'public class HomeController : Controller\n{\n    public IActionResult Index() => View();\n    [HttpPost]\n    public IActionResult Save(int id) => View();\n}\n',
    },
    routes: [
      'ANY /Home/Index/{id} Controllers/HomeController.cs:3 HomeController.Index',
      'POST /Home/Save/{id} Controllers/HomeController.cs:5 HomeController.Save',
    ],
  },
  {
    says: 'no route for clients, abstract controllers, comments and refit interfaces',
    files: {
      'Program.cs': `${START}// app.MapGet("/a", () => 1);\nvar s = "app.MapGet(\\"/b\\", () => 1)";\nawait client.GetAsync("/c");\nmapper.Map<User>("/d");\n`,
      'Client.cs': 'public interface IApi { [Get("/x")] Task<string> X(); [HttpGet("/y")] string Y(); }\n',
      'Base.cs':
        '[ApiController]\npublic abstract class BaseController : ControllerBase { [HttpGet("/z")] public string Z() => ""; }\n',
    },
    routes: [],
  },
];

checkLayouts('aspnet-core', LAYOUTS);

describe('parameters of ASP.NET Core', () => {
  it('have parameters with the types of constraints and signatures', async () => {
    const { endpoints } = await scan({
      'Program.cs': `${START}app.MapGet("/{a:long}/{b}/{c=5}/{d:regex(^x{{2}}$)}", (long a, Guid b, int? page, Color color, Db db) => 1);\nenum Color { Red, Green }\n`,
    });
    assert.deepEqual(endpoints[0]?.parameters, [
      { name: 'a', in: 'path', type: 'integer', required: true },
      { name: 'b', in: 'path', type: 'uuid', required: true },
      { name: 'c', in: 'path', type: 'string', required: false, default: '5' },
      { name: 'd', in: 'path', type: 'regex', required: true, pattern: '^x{2}$' },
      { name: 'page', in: 'query', required: false, type: 'integer' },
      { name: 'color', in: 'query', required: true, type: 'enum', enumValues: ['Red', 'Green'] },
    ]);
  });
});
