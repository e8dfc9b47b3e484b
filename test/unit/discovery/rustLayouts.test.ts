import { checkLayouts, type Layout } from './checkLayouts';

const CARGO = '[package]\nname = "shop"\n';

const AXUM: readonly Layout[] = [
  {
    says: 'routers nested and merged across modules of files, in both spellings of parameters',
    files: {
      'Cargo.toml': CARGO,
      'src/main.rs':
        'use axum::{routing::get, Router};\nmod routes;\nmod inline {\n    use super::*;\n    pub fn router() -> Router { Router::new().route("/in/*rest", get(super::root)) }\n}\nconst BASE: &str = "/base";\npub async fn root() {}\n#[tokio::main]\nasync fn main() {\n    let mut app = Router::new().route(&format!("{BASE}/{}", "x"), get(root).post(|| async { "made" }));\n    for (path, _) in [("/a", 1), ("/b", 2)] { app = app.route(path, get(root)); }\n    let app = app.nest("/api", routes::router()).merge(inline::router()).fallback(root);\n    axum::serve(listener, app).await.unwrap();\n}\n#[cfg(test)]\nmod tests {\n    fn test() { super::Router::new().route("/test", super::get(super::root)); }\n}\n',
      'src/routes/mod.rs':
        'mod users;\nuse axum::Router;\nuse crate::root as home;\npub fn router() -> Router {\n    Router::new().nest("/users", users::router()).route("/", axum::routing::any(home))\n}\n',
      'src/routes/users.rs':
        'use axum::{extract::{Path, Query}, routing::*, Router};\nuse uuid::Uuid;\npub struct Page { page: u32 }\npub fn router() -> Router {\n    Router::new().route("/", get(list)).route("/{id}/:name", put(one).delete(one))\n}\nasync fn list(Query(page): Query<Page>) {}\nasync fn one(Path((id, name)): Path<(Uuid, String)>) {}\n',
    },
    routes: [
      'ANY /api src/main.rs:8 root',
      'DELETE /api/users/{id}/{name} src/routes/users.rs:8 one',
      'GET /a src/main.rs:8 root',
      'GET /api/users src/routes/users.rs:7 list',
      'GET /b src/main.rs:8 root',
      'GET /base/x src/main.rs:8 root',
      'GET /in/{rest*} src/main.rs:8 root',
      'POST /base/x src/main.rs:11 anonymous',
      'PUT /api/users/{id}/{name} src/routes/users.rs:8 one',
    ],
    parameters: ['rest:path', 'page:integer?', 'id:uuid', 'name:string', 'id:uuid', 'name:string'],
  },
  {
    says: 'a library of the workspace, and a struct whose methods build the router',
    files: {
      'Cargo.toml':
        '[workspace]\nmembers = ["crates/*"]\n[workspace.dependencies]\nshop-api = { path = "crates/http-api" }\n',
      'crates/server/Cargo.toml': '[package]\nname = "server"\n[dependencies]\nshop-api.workspace = true\n',
      'crates/server/src/main.rs':
        'use axum::Router;\nfn main() {\n    let app = Router::new().nest("/v1", shop_api::Api::new("/x").router());\n}\n',
      'crates/http-api/Cargo.toml': '[package]\nname = "shop-api"\n',
      'crates/http-api/src/lib.rs': 'mod api;\npub use api::Api;\n',
      'crates/http-api/src/api.rs':
        'use axum::{routing::get, Router};\npub struct Api { path: String }\nimpl Api {\n    pub fn new(path: &str) -> Self { Self { path: path.to_string() } }\n    pub fn router(&self) -> Router { Router::new().route(&self.path, get(Self::show)) }\n    async fn show() {}\n}\n',
    },
    routes: ['GET /v1/x crates/http-api/src/api.rs:6 Api.show'],
  },
];

const ACTIX: readonly Layout[] = [
  {
    says: 'attributes, scopes, resources, a function that configures, and a handler that nothing registers',
    files: {
      'Cargo.toml': CARGO,
      'src/main.rs':
        'use actix_web::{get, route, web, App, HttpServer};\nmod users;\n#[get("/x/{id}")]\nasync fn one(path: web::Path<u32>) -> String { String::new() }\n#[route("/multi", method = "GET", method = "PUT")]\nasync fn multi() -> String { String::new() }\n#[actix_web::post("/lost")]\nasync fn lost() -> String { String::new() }\n#[actix_web::main]\nasync fn main() -> std::io::Result<()> {\n    HttpServer::new(move || {\n        App::new()\n            .service(one)\n            .service(web::scope("/s").service(multi).configure(users::config))\n            .route("/hey", web::get().to(|| async { "hey" }))\n    })\n    .run()\n    .await\n}\n',
      'src/users.rs':
        'use actix_web::web;\npub fn config(cfg: &mut web::ServiceConfig) {\n    cfg.service(web::resource("/users/{name:[a-z]+}").route(web::delete().to(list)).post(list));\n}\nasync fn list() -> String { String::new() }\n',
    },
    routes: [
      'DELETE /s/users/{name} src/users.rs:5 list',
      'GET /hey src/main.rs:15 anonymous',
      'GET /s/multi src/main.rs:6 multi',
      'GET /x/{id} src/main.rs:4 one',
      'POST /lost src/main.rs:8 lost',
      'POST /s/users/{name} src/users.rs:5 list',
      'PUT /s/multi src/main.rs:6 multi',
    ],
    notes: ['No place was found where this router is mounted; a prefix may be missing.'],
    parameters: ['id:integer', 'name:regex', 'name:regex'],
  },
];

const ROCKET: readonly Layout[] = [
  {
    says: 'attributes with typed parameters, lists of routes and a fairing of another module',
    files: {
      'Cargo.toml': CARGO,
      'src/main.rs':
        '#[macro_use] extern crate rocket;\nmod api;\n#[get("/<id>/<rest..>?<q>&<page>")]\nfn index(id: u32, rest: PathBuf, q: &str, page: Option<u8>) {}\n#[post("/", data = "<body>")]\nfn create(body: String) {}\n#[catch(404)]\nfn missing() {}\n#[launch]\nfn rocket() -> _ {\n    rocket::build()\n        .mount("/", routes![index, api::remove])\n        .mount("/v1", routes![create])\n        .attach(api::stage())\n        .register("/", catchers![missing])\n}\n',
      'src/api.rs':
        'use rocket::fairing::AdHoc;\n#[delete("/x")]\npub fn remove() {}\n#[put("/")]\npub fn update() {}\npub fn stage() -> AdHoc {\n    AdHoc::on_ignite("API", |rocket| async { rocket.mount("/api", routes![update]) })\n}\n',
    },
    routes: [
      'DELETE /x src/api.rs:3 remove',
      'GET /{id}/{rest*} src/main.rs:4 index',
      'POST /v1 src/main.rs:6 create',
      'PUT /api src/api.rs:5 update',
    ],
    parameters: ['id:integer', 'rest:path', 'q:string', 'page:integer?'],
  },
];

checkLayouts('axum', AXUM);
checkLayouts('actix-web', ACTIX);
checkLayouts('rocket', ROCKET);
