import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { surviveChangedBytes } from './changedBytes';
import { scan } from './scan';

const GO = `package main
import "github.com/go-chi/chi/v5"
type S struct { chi.Router; next *S }
var s, t = New(), 1
func New() *S { return &S{Router: chi.NewRouter(), next: s} }
func (s *S) routes(list []struct{ p string }) {
	for _, one := range list { s.Get(one.p+"/{id:[0-9]+}", func(w W, r *R) {}) }
	switch x := s.next.(type) { case nil: s.Route("/r", func(r chi.Router) { r.Post("/x", h) }) }
}
func main() { s.routes([]struct{ p string }{{"/a"}, {p: "/b"}}) }
`;
const RUST = `use axum::{routing::{get, post as p}, Router};
mod inner { use super::*; pub fn r() -> Router { Router::new().route(&format!("/{}", "x"), get(super::h)) } }
struct A { r: Router }
impl A { fn new() -> Self { Self { r: inner::r() } } fn all(self) -> Router { if x { self.r } else { Router::new() } } }
#[get("/y/<id>")]
async fn h(Path(id): Path<u32>) {}
fn main() { let app = match y { Some(z) => A::new().all(), _ => Router::new().nest("/n", inner::r()) }; }
`;

describe('a program of Go or Rust', () => {
  it('never raises and never hangs, whatever bytes of it are changed', () =>
    surviveChangedBytes({ 'main.go': GO, 'src/main.rs': RUST }));

  it('ends when names, types and modules go round in rings', async () => {
    const startedMs = performance.now();
    await scan({
      'go.mod': 'module m\n',
      'a.go': 'package m\n\nvar a = b\n\ntype T struct{ T2 }\n\nfunc f() { f(); g() }\n',
      'b.go':
        'package m\n\nimport "net/http"\n\nvar b = a\n\ntype T2 struct{ T }\n\nfunc g() { f(); http.HandleFunc(a, T{}.x.y) }\n',
      'src/main.rs': 'mod x;\nuse crate::x::y as z;\nuse x::*;\nfn main() { z::router(); main() }\n',
      'src/x.rs':
        'pub use crate::z as y;\npub use super::*;\npub fn router() -> axum::Router { router().nest("/r", router()) }\n',
    });
    assert.ok(performance.now() - startedMs < 5_000);
  });
});
