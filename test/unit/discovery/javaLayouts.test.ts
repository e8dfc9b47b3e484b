import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkLayouts, type Layout } from './checkLayouts';
import { scan } from './scan';

const WEB = 'import org.springframework.web.bind.annotation.*;\n';

const SPRING: readonly Layout[] = [
  {
    says: 'class and method mappings with several paths and methods, and constants of another file',
    files: {
      'src/main/java/shop/Paths.java':
        'package shop;\npublic interface Paths {\n  String ROOT = "/pets";\n  String ITEM = ROOT + "/item";\n}\n',
      'src/main/java/shop/api/Pets.java': `package shop.api;\nimport shop.Paths;\n${WEB}@RestController\n@RequestMapping({Paths.ROOT, "/p"})\npublic class Pets {\n  private static final String ONE = "/{id}";\n  @GetMapping(ONE + "/x")\n  public Pet one(@PathVariable Long id) { return cache.get("/no"); }\n  @RequestMapping(path = Paths.ITEM, method = {RequestMethod.PUT, RequestMethod.PATCH})\n  Pet item() { return null; }\n}\n`,
    },
    routes: [
      'GET /p/{id}/x src/main/java/shop/api/Pets.java:9 Pets.one',
      'GET /pets/{id}/x src/main/java/shop/api/Pets.java:9 Pets.one',
      'PATCH /p/pets/item src/main/java/shop/api/Pets.java:11 Pets.item',
      'PATCH /pets/pets/item src/main/java/shop/api/Pets.java:11 Pets.item',
      'PUT /p/pets/item src/main/java/shop/api/Pets.java:11 Pets.item',
      'PUT /pets/pets/item src/main/java/shop/api/Pets.java:11 Pets.item',
    ],
  },
  {
    says: 'mappings inherited from an abstract class and from an interface of other files',
    files: {
      'a/Base.java': `package a;\n${WEB}public abstract class Base<T> {\n  @GetMapping("/{id}") public T one(@PathVariable long id) { return null; }\n  @DeleteMapping("/{id}") public abstract void drop(long id);\n}\n`,
      'a/Api.java': `package a;\n${WEB}@RequestMapping("/api")\npublic interface Api {\n  @PostMapping void make();\n}\n`,
      'b/Cats.java':
        'package b;\nimport a.Api;\nimport a.Base;\nimport org.springframework.web.bind.annotation.RestController;\n@RestController\nclass Cats extends Base<Cat> implements Api {\n  public void drop(long id) {}\n  public void make() {}\n}\n',
    },
    routes: [
      'DELETE /api/{id} b/Cats.java:7 Cats.drop',
      'GET /api/{id} a/Base.java:4 Base.one',
      'POST /api b/Cats.java:8 Cats.make',
    ],
  },
  {
    says: 'composed annotations of the project',
    files: {
      'a/ApiGet.java': `package a;\nimport org.springframework.core.annotation.AliasFor;\n${WEB}@RequestMapping(method = RequestMethod.GET)\npublic @interface ApiGet {\n  @AliasFor(annotation = RequestMapping.class, attribute = "path") String[] value() default {};\n}\n`,
      'a/Rest.java': `package a;\n${WEB}@RestController\n@RequestMapping("/v1")\npublic @interface Rest {}\n`,
      'a/C.java': 'package a;\n@Rest\nclass C {\n  @ApiGet("/x")\n  String x() { return ""; }\n}\n',
    },
    routes: ['GET /v1/x a/C.java:5 C.x'],
  },
  {
    says: 'the context path of application.yml and placeholders with settings and defaults',
    files: {
      'app/src/main/resources/application.yml':
        'server:\n  servlet:\n    context-path: /ctx # served below this\napi:\n  base: /v2\n',
      'app/src/main/java/C.java': `${WEB}@RestController\n@RequestMapping("\${api.base}")\nclass C {\n  @GetMapping("\${api.x:/fallback}") String x() { return ""; }\n  @GetMapping("/y/\${api.unset}") String y() { return ""; }\n}\n`,
    },
    routes: ['GET /ctx/v2/fallback app/src/main/java/C.java:5 C.x', 'GET /ctx/v2/y/{…} app/src/main/java/C.java:6 C.y'],
    notes: [
      'The setting api.x decides a part of the path; "/fallback" is its default in the code.',
      'The setting api.unset is not known from the code alone.',
    ],
  },
  {
    says: 'functional routes, nested and chained, with handlers of an injected class',
    files: {
      'w/Routes.java':
        'package w;\nimport static org.springframework.web.servlet.function.RequestPredicates.*;\nimport static org.springframework.web.servlet.function.RouterFunctions.*;\nimport org.springframework.context.annotation.*;\nimport org.springframework.web.servlet.function.*;\nclass Routes {\n  @Bean RouterFunction<ServerResponse> all(Handler handler) {\n    return route()\n      .GET("/a/{id}", handler::one)\n      .nest(path("/in"), in -> in\n        .POST("", accept(JSON), handler::two)\n        .path("/deep", deep -> deep.DELETE("/x", request -> ok())))\n      .build();\n  }\n  @Bean RouterFunction<ServerResponse> old(Handler h) {\n    return route(GET("/old").and(accept(JSON)), h::one).andRoute(PUT("/old"), h::two);\n  }\n}\n',
      'w/Handler.java':
        'package w;\nclass Handler {\n  ServerResponse one(ServerRequest r) { return null; }\n  ServerResponse two(ServerRequest r) { return null; }\n}\n',
    },
    routes: [
      'DELETE /in/deep/x w/Routes.java:12 anonymous',
      'GET /a/{id} w/Handler.java:3 Handler.one',
      'GET /old w/Handler.java:3 Handler.one',
      'POST /in w/Handler.java:4 Handler.two',
      'PUT /old w/Handler.java:4 Handler.two',
    ],
  },
  {
    says: 'a prefix that a PathMatchConfigurer puts before REST controllers alone',
    files: {
      'WebConfig.java':
        'import org.springframework.web.bind.annotation.RestController;\nimport org.springframework.web.method.HandlerTypePredicate;\nimport org.springframework.web.servlet.config.annotation.*;\nclass WebConfig implements WebMvcConfigurer {\n  public void configurePathMatch(PathMatchConfigurer configurer) {\n    configurer.addPathPrefix("/api", HandlerTypePredicate.forAnnotation(RestController.class));\n  }\n}\n',
      'A.java': `${WEB}@RestController class A {\n  @GetMapping("/a") String a() { return ""; }\n}\n`,
      'B.java': `import org.springframework.stereotype.Controller;\n${WEB}@Controller class B {\n  @GetMapping("/b") String b() { return ""; }\n}\n`,
    },
    routes: ['GET /api/a A.java:3 A.a', 'GET /b B.java:4 B.b'],
  },
  {
    says: 'no route for clients, abstract controllers, comments and maps',
    files: {
      'C.java': `import org.springframework.cloud.openfeign.FeignClient;\n${WEB}@FeignClient("x") interface Remote { @GetMapping("/remote") String r(); }\n@RestController abstract class Half { @GetMapping("/half") String h() { return ""; } }\n@RestController class C {\n  // @GetMapping("/comment")\n  String text = "@GetMapping(\\"/text\\")";\n  String f() { return map.get("/map") + restTemplate.getForObject("/rest", String.class); }\n  @ExceptionHandler String oops() { return ""; }\n}\n`,
    },
    routes: [],
  },
];

const JAXRS: readonly Layout[] = [
  {
    says: 'resources below an application path, with a pattern and a method of their own',
    files: {
      'App.java':
        'import jakarta.ws.rs.*;\nimport jakarta.ws.rs.core.Application;\n@ApplicationPath("/rest")\npublic class App extends Application {}\n',
      'LINK.java': 'import jakarta.ws.rs.HttpMethod;\n@HttpMethod("PATCH")\npublic @interface LINK {}\n',
      'Books.java':
        'import jakarta.ws.rs.*;\n@Path("books")\npublic class Books {\n  @GET public List<Book> all(@QueryParam("q") @DefaultValue("x") String q) { return null; }\n  @GET @Path("{id: \\\\d+}") public Book one(@PathParam("id") int id) { return null; }\n  @LINK @Path("/{rest: .*}")\n  public void link() {}\n}\n',
    },
    routes: [
      'GET /rest/books Books.java:4 Books.all',
      'GET /rest/books/{id} Books.java:5 Books.one',
      'PATCH /rest/books/{rest*} Books.java:7 Books.link',
    ],
  },
  {
    says: 'a sub-resource locator and annotations of an interface',
    files: {
      'r/Shop.java':
        'package r;\nimport javax.ws.rs.*;\n@Path("/shops/{shop}")\npublic class Shop {\n  @Path("items") public Items items() { return new Items(); }\n}\n',
      'r/Items.java':
        'package r;\nimport javax.ws.rs.*;\npublic class Items {\n  @GET @Path("{id}") public Item one() { return null; }\n}\n',
      'r/Api.java':
        'package r;\nimport javax.ws.rs.*;\n@Path("/api")\npublic interface Api {\n  @POST void send();\n}\n',
      'r/Impl.java': 'package r;\npublic class Impl implements Api {\n  public void send() {}\n}\n',
    },
    routes: ['GET /shops/{shop}/items/{id} r/Items.java:4 Items.one', 'POST /api r/Impl.java:3 Impl.send'],
  },
  {
    says: 'the root path of Quarkus, and no route for a REST client',
    files: {
      'src/main/resources/application.properties': 'quarkus.http.root-path=/q\nquarkus.rest.path = api\n',
      'src/main/java/R.java': 'import jakarta.ws.rs.*;\n@Path("/r")\nclass R {\n  @DELETE void gone() {}\n}\n',
      'src/main/java/Client.java':
        'import jakarta.ws.rs.*;\nimport org.eclipse.microprofile.rest.client.inject.RegisterRestClient;\n@RegisterRestClient @Path("/c")\ninterface Client { @GET String c(); }\n',
    },
    routes: ['DELETE /q/api/r src/main/java/R.java:4 R.gone'],
  },
  {
    says: 'annotations of an interface, behind methods that only say @Override',
    files: {
      'shop/Crud.java':
        'package shop;\nimport jakarta.ws.rs.GET;\nimport jakarta.ws.rs.Path;\npublic interface Crud {\n  @GET @Path("{id}") String one(long id);\n  @GET String all();\n}\n',
      'shop/Users.java':
        'package shop;\nimport jakarta.ws.rs.*;\n@Path("users")\npublic class Users implements Crud {\n  @Override public String one(long id) { return ""; }\n  @Override @Deprecated public String all() { return ""; }\n}\n',
    },
    routes: ['GET /users shop/Users.java:6 Users.all', 'GET /users/{id} shop/Users.java:5 Users.one'],
  },
];

const MICRONAUT: readonly Layout[] = [
  {
    says: 'controllers with URI templates, below a context path',
    files: {
      'src/main/resources/application.yml': 'micronaut:\n  server:\n    context-path: /m\n',
      'src/main/java/C.java':
        'import io.micronaut.http.annotation.*;\n@Controller("/pets")\nclass C {\n  @Get String all() { return ""; }\n  @Get("/{id}{?max,q}") String one(long id, @Nullable Integer max) { return ""; }\n  @Post(uris = {"/a", "/b"}) String two() { return ""; }\n  @Delete("/{+path}") void rest(String path) {}\n}\n',
    },
    routes: [
      'DELETE /m/pets/{path*} src/main/java/C.java:7 C.rest',
      'GET /m/pets src/main/java/C.java:4 C.all',
      'GET /m/pets/{id} src/main/java/C.java:5 C.one',
      'POST /m/pets/a src/main/java/C.java:6 C.two',
      'POST /m/pets/b src/main/java/C.java:6 C.two',
    ],
  },
  {
    says: 'operations of an interface, and no route for a client',
    files: {
      'p/Api.java':
        'package p;\nimport io.micronaut.http.annotation.Get;\nimport io.micronaut.http.client.annotation.Client;\ninterface Api {\n  @Get("/x/{n}") String x(int n);\n}\n@Client("/remote") interface Remote extends Api {}\n',
      'p/C.java':
        'package p;\nimport io.micronaut.http.annotation.Controller;\n@Controller\nclass C implements Api {\n  public String x(int n) { return ""; }\n}\n',
    },
    routes: ['GET /x/{n} p/C.java:5 C.x'],
  },
];

for (const [framework, layouts] of Object.entries({ spring: SPRING, 'jax-rs': JAXRS, micronaut: MICRONAUT }))
  checkLayouts(framework, layouts);

describe('parameters of Java signatures', () => {
  it('have the declared types, also behind Optional and of an enum', async () => {
    const { endpoints } = await scan({
      'C.java': `${WEB}import java.util.*;\nenum Color { RED, GREEN }\n@RestController class C {\n  @GetMapping("/{id}/{key}/{n:\\\\d{3}}") String a(@PathVariable UUID id, @PathVariable("key") Color c, @RequestParam Optional<Integer> page, @RequestParam(name = "s", defaultValue = "up") String sort) { return ""; }\n}\n`,
    });
    assert.deepEqual(endpoints[0]?.parameters, [
      { name: 'id', in: 'path', type: 'uuid', required: true },
      { name: 'key', in: 'path', type: 'enum', required: true, enumValues: ['RED', 'GREEN'] },
      { name: 'n', in: 'path', type: 'integer', required: true, pattern: '\\d{3}' },
      { name: 'page', in: 'query', required: false, type: 'integer' },
      { name: 's', in: 'query', required: false, type: 'string', default: 'up' },
    ]);
  });
});
