package users

import (
	"net/http"

	"github.com/go-chi/chi/v5"
)

func Routes() http.Handler {
	r := chi.NewRouter()
	r.Get("/{name}/posts/{year:\\d{4}}", show)
	r.Options("/", show)
	return r
}

func show(w http.ResponseWriter, r *http.Request) {}
