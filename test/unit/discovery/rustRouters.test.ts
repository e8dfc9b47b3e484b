import { checkLayouts } from './checkLayouts';

const CARGO = '[package]\nname = "shop"\n';

checkLayouts('warp', [
  {
    says: 'filters joined across functions and modules, with typed segments, prefixes, tails and wrapped answers',
    files: {
      'Cargo.toml': CARGO,
      'src/main.rs': `mod items;
use warp::{http::StatusCode, Filter};
async fn list() -> Result<&'static str, warp::Rejection> { Ok("") }
#[tokio::main]
async fn main() {
    let log = warp::log("shop");
    let hello = warp::path!("hello" / String).and(warp::get()).map(|name: String| format!("hi {name}"));
    let sum = warp::path("sum").and(warp::path::param::<u32>()).and(warp::path::end()).and(warp::post()).map(|a: u32| a.to_string());
    let root = warp::path::end().and_then(list).map(|text| text);
    let lists = warp::get().and(warp::path!("items").and_then(list));
    let files = warp::path("files").and(warp::path::tail()).and(warp::get()).map(|_t: warp::path::Tail| "");
    let deep = warp::path!("v1" / "n" / ..).and(warp::path!("deep" / u64).and(warp::put()).map(|n: u64| n.to_string()));
    let disk = warp::path("static").and(warp::fs::dir("www"));
    let api = warp::path("api").and(items::routes(warp::any().map(|| 1)));
    let routes = hello.or(sum).or(root).or(lists).or(files).or(deep).or(disk).or(api).with(log).recover(failed);
    warp::serve(routes).run(([127, 0, 0, 1], 3030)).await;
}
async fn failed(_e: warp::Rejection) -> Result<StatusCode, std::convert::Infallible> { Ok(StatusCode::NOT_FOUND) }
`,
      'src/items.rs': `use warp::Filter;
const NAME: &str = "orders";
pub fn routes(db: impl Filter) -> impl Filter { all(db).or(make()).or(drop(NAME)) }
fn all(db: impl Filter) -> impl Filter { warp::path!("orders").and(warp::get()).and(user()).and(db).and_then(show_all) }
fn make() -> impl Filter { warp::path("orders").and(warp::path::end()).and(warp::post()).and(warp::body::json()).and_then(handlers::create) }
fn drop(name: &'static str) -> impl Filter { warp::path(name).and(warp::path::param()).and(warp::path::end()).and(warp::delete()).then(remove) }
fn user() -> impl Filter { warp::header("authorization").and_then(check) }
async fn check(h: String) -> Result<u8, warp::Rejection> { Ok(1) }
async fn show_all(user: u8, db: u8) -> Result<impl warp::Reply, warp::Rejection> { Ok("") }
async fn remove(id: u64) -> &'static str { "" }
mod handlers {
    pub async fn create(body: String) -> Result<String, warp::Rejection> { Ok(body) }
}
`,
    },
    routes: [
      'GET /hello/{name} src/main.rs:7 anonymous',
      'POST /sum/{a} src/main.rs:8 anonymous',
      'ANY / src/main.rs:3 list',
      'GET /items src/main.rs:3 list',
      'GET /files/{tail*} src/main.rs:11 anonymous',
      'PUT /v1/n/deep/{n} src/main.rs:12 anonymous',
      'GET /api/orders src/items.rs:9 show_all',
      'POST /api/orders src/items.rs:12 create',
      'DELETE /api/orders/{id} src/items.rs:10 remove',
    ],
    parameters: ['id:integer', 'name:string', 'a:integer', 'tail:path', 'n:integer'],
  },
]);

checkLayouts('poem', [
  {
    says: 'routes nested across modules, method routers, patterns, middleware, and a service of poem-openapi',
    files: {
      'Cargo.toml': CARGO,
      'src/main.rs': `mod users;
use poem::{endpoint::make_sync, get, handler, listener::TcpListener, post, web::Path, EndpointExt, Route, RouteMethod, Server};
use poem_openapi::{param, payload::PlainText, OpenApi, OpenApiService};
#[handler]
fn hello(Path(name): Path<String>) -> String { name }
#[handler]
fn root() -> &'static str { "" }
struct Pets;
#[OpenApi(prefix_path = "/pets", tag = "Tags::Pets")]
impl Pets {
    #[oai(path = "/:id", method = "get")]
    async fn show(&self, id: param::Path<i64>) -> PlainText<String> { PlainText(String::new()) }
    #[oai(path = "/", method = "post", hidden)]
    async fn create(&self) -> PlainText<String> { PlainText(String::new()) }
    fn helper(&self) {}
}
struct Toys { db: u8 }
#[OpenApi]
impl Toys {
    #[oai(path = "/toys", method = "put")]
    async fn put(&self) -> PlainText<String> { PlainText(String::new()) }
}
#[tokio::main]
async fn main() -> std::io::Result<()> {
    let api = OpenApiService::new((Pets, Toys { db: 1 }), "Shop", "1.0").server("http://localhost/api");
    let ui = api.swagger_ui();
    let app = Route::new()
        .at("/", get(root).post(root))
        .at("/hello/:name", get(hello))
        .at("/files/*path", RouteMethod::new().put(root))
        .at("/any", make_sync(|_| "x"))
        .at("/re/:id<\\\\d+>", post(root))
        .nest("/users", users::routes())
        .nest("/api", api)
        .nest_no_strip("/raw", Route::new().at("/raw/x", post(root)))
        .with(poem::middleware::Tracing);
    Server::new(TcpListener::bind("127.0.0.1:3000")).run(app).await
}
`,
      'src/users.rs': `use poem::{get, handler, web::Path, Endpoint, EndpointExt, Route};
pub fn routes() -> impl Endpoint { Route::new().at("/", get(list)).at("/:id", get(one).delete(one)).data(1).boxed() }
#[handler]
async fn list() -> &'static str { "" }
#[handler]
async fn one(Path(id): Path<u32>) -> &'static str { "" }
`,
    },
    routes: [
      'GET / src/main.rs:7 root',
      'POST / src/main.rs:7 root',
      'GET /hello/{name} src/main.rs:5 hello',
      'PUT /files/{path*} src/main.rs:7 root',
      'ANY /any src/main.rs:31 anonymous',
      'POST /re/{id} src/main.rs:7 root',
      'GET /users src/users.rs:4 list',
      'GET /users/{id} src/users.rs:6 one',
      'DELETE /users/{id} src/users.rs:6 one',
      'GET /api/pets/{id} src/main.rs:12 Pets.show',
      'POST /api/pets src/main.rs:14 Pets.create',
      'PUT /api/toys src/main.rs:21 Toys.put',
      'POST /raw/x src/main.rs:7 root',
    ],
    parameters: ['name:string', 'path:path', 'id:integer', 'id:integer', 'id:integer', 'id:integer'],
  },
]);

checkLayouts('actix-web', [
  {
    says: 'handlers named as their attributes are, resources with several paths, guards, and slashes of scopes',
    files: {
      'Cargo.toml': CARGO,
      'src/main.rs': `use actix_web::{delete, get, guard, web, App, HttpServer};
mod other;
#[get("/items")]
async fn get() -> String { String::new() }
#[delete("/items/{id}")]
pub async fn delete(id: web::Path<u32>) -> String { String::new() }
async fn plain() -> String { String::new() }
#[actix_web::main]
async fn main() -> std::io::Result<()> {
    HttpServer::new(|| {
        App::new()
            .service(get)
            .service(delete)
            .service(other::put)
            .service(web::resource(["/r1", "/r2"]).route(web::get().to(plain)))
            .service(web::resource("/guarded").guard(guard::Put()).to(plain))
            .service(web::scope("/slash/").route("a", web::post().to(plain)).route("/b", web::post().to(plain)))
            .service(web::scope("bare").route("/c", web::post().to(plain)))
    })
    .bind("127.0.0.1:1")?
    .run()
    .await
}
`,
      'src/other.rs': `use actix_web::*;\n#[put("/other")]\npub async fn put() -> String { String::new() }\n`,
    },
    routes: [
      'GET /items src/main.rs:4 get',
      'DELETE /items/{id} src/main.rs:6 delete',
      'PUT /other src/other.rs:3 put',
      'GET /r1 src/main.rs:7 plain',
      'GET /r2 src/main.rs:7 plain',
      'PUT /guarded src/main.rs:7 plain',
      'POST /slash//a src/main.rs:7 plain',
      'POST /slash//b src/main.rs:7 plain',
      'POST /bare/c src/main.rs:7 plain',
    ],
    parameters: ['id:integer'],
  },
]);

checkLayouts('rocket', [
  {
    says: 'handlers named as their attributes are, of the macros that are seen everywhere, and optional numbers',
    files: {
      'Cargo.toml': CARGO,
      'src/main.rs': `#[macro_use] extern crate rocket;
mod api;
#[get("/?<page>&<sort>")]
fn get(page: Option<u8>, sort: &str) {}
#[launch]
fn rocket() -> _ { rocket::build().mount("/", routes![get]).mount("/v2/", api::all()) }
`,
      'src/api.rs': `#[patch("/<id>")]\npub fn patch(id: usize) {}\n#[rocket::post("/")]\npub fn post() {}\npub fn all() -> Vec<rocket::Route> { routes![patch, post] }\n`,
    },
    routes: ['GET / src/main.rs:4 get', 'PATCH /v2/{id} src/api.rs:2 patch', 'POST /v2 src/api.rs:4 post'],
    parameters: ['id:integer', 'page:integer?', 'sort:string'],
  },
]);

checkLayouts('axum', [
  {
    says: 'a handler whose name is that of a function of the library, and query fields that may be missing',
    files: {
      'Cargo.toml': CARGO,
      'src/main.rs': `use axum::{extract::Query, routing, Router};
struct Page { page: Option<u32>, all: bool }
async fn get(Query(page): Query<Page>) {}
async fn main() { let app: Router = Router::new().route("/get", routing::get(get)); }
`,
    },
    routes: ['GET /get src/main.rs:3 get'],
    parameters: ['page:integer?', 'all:boolean?'],
  },
]);

checkLayouts('axum', [
  {
    says: 'handlers that an attribute describes and a router of utoipa takes',
    files: {
      'Cargo.toml': CARGO,
      'src/main.rs': `use utoipa_axum::{router::OpenApiRouter, routes};
#[utoipa::path(get, path = "/items/{id}", responses((status = 200)))]
async fn show() {}
#[utoipa::path(post, path = "/items")]
async fn create() {}
#[tokio::main]
async fn main() {
    let (app, api) = OpenApiRouter::with_openapi(Doc::openapi()).nest("/v1", OpenApiRouter::new().routes(routes!(show)).routes(routes!(create))).split_for_parts();
    axum::serve(listener, app).await.unwrap();
}
`,
    },
    routes: ['GET /v1/items/{id} src/main.rs:3 show', 'POST /v1/items src/main.rs:5 create'],
  },
]);
